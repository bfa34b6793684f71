import { parseArgs } from 'node:util';
import { benches } from './benches/index.js';
import type { Bench, BenchContext, Scale } from './support/bench.js';
import { environmentOf } from './support/environment.js';
import { jsonOf, linesOf } from './support/report.js';
import { startBenchServer } from './support/server.js';

const usage = `npm run bench -- NAME [--json] [--rounds N] [--seconds S] [--smoke]

${benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}

  --json     end with one JSON object on the last line
  --rounds   rounds that count (default 5), all contestants in turn in each
  --seconds  length of a round (default 3)
  --smoke    tiny sizes: shows that it runs, measures nothing`;

const options = {
  json: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '3' },
  smoke: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Asked = { readonly benches: readonly Bench[]; readonly scale: Scale; readonly json: boolean };

const read = (args: string[]): Asked | undefined => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const chosen = benches.filter(({ name }) => positionals.includes(name));
  const unknown = positionals.some((name) => !benches.some((bench) => bench.name === name));
  if (values.help || unknown || chosen.length === 0) return undefined;
  const scale = values.smoke
    ? { smoke: true, rounds: 1, roundMillis: 150 }
    : { smoke: false, rounds: Number(values.rounds), roundMillis: Number(values.seconds) * 1_000 };
  return { benches: chosen, scale, json: values.json };
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`  ${text}\n`);

/** Every bench has a server of its own: none pays for what another left behind. */
const runOne = async (bench: Bench, { scale, json }: Asked): Promise<void> => {
  const server = await startBenchServer();
  const context: BenchContext = { server, scale, size: (full, tiny) => (scale.smoke ? tiny : full), say };
  try {
    const environment = await environmentOf(server.version, server.folder);
    const report = await bench.run(context);
    for (const line of linesOf(report, environment)) print(line);
    if (json) print(JSON.stringify(jsonOf(report, environment)));
  } finally {
    await server.stop();
  }
};

const asked = read(process.argv.slice(2));
if (asked === undefined) {
  print(usage);
  process.exitCode = 2;
} else for (const bench of asked.benches) await runOne(bench, asked);
