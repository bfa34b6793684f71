import { parseArgs } from 'node:util';
import type { Bench, Scale } from './bench.js';

export type Asked = { readonly benches: readonly Bench[]; readonly scale: Scale; readonly json: boolean };

const options = {
  json: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '1.5' },
  smoke: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const usageOf = (
  benches: readonly Bench[],
): string => `npm run bench -- NAME.. [--json] [--rounds N] [--seconds S] [--smoke]

${benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}

  --json     end with one JSON object on the last line
  --rounds   rounds that count (default ${options.rounds.default}), all contestants in turn in each
  --seconds  length of a round (default ${options.seconds.default})
  --smoke    tiny sizes: shows that it runs, measures nothing`;

/** What the command line asks for, or why it cannot be understood (empty: help was asked for). */
export const askedOf = (args: string[], benches: readonly Bench[]): Asked | { readonly misunderstood: string } => {
  const read = parse(args);
  if (typeof read === 'string') return { misunderstood: read };
  const { values, positionals } = read;
  if (values.help) return { misunderstood: '' };
  const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) return { misunderstood: `There is no bench ${unknown}.` };
  if (positionals.length === 0) return { misunderstood: 'Which bench?' };
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > roundsMax)
    return { misunderstood: `--rounds is a whole number from 1 to ${roundsMax}.` };
  if (!(seconds > 0 && seconds <= secondsMax)) return { misunderstood: `--seconds is above 0, at most ${secondsMax}.` };
  const scale = values.smoke ? smokeScale : { smoke: false, rounds, roundMillis: seconds * 1_000 };
  return { benches: benches.filter(({ name }) => positionals.includes(name)), scale, json: values.json };
};

const roundsMax = 1_000;
const secondsMax = 600;

export const smokeScale: Scale = { smoke: true, rounds: 1, roundMillis: 150 };

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return (error as Error).message;
  }
};
