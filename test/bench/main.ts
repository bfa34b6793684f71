import 'reflect-metadata';
import { constants } from 'node:os';
import { benches } from './benches/index.js';
import { askedOf, usageOf, type Asked } from './support/options.js';
import { jsonOf, linesOf } from './support/report.js';
import { runBench } from './support/run-bench.js';
import type { Scope } from './support/scope.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`  ${text}\n`);

const lingerMillisMax = 5_000;

let running: Scope | undefined;

/** Ctrl-C stops what was started; a second one stops waiting for it (`exit` still kills the servers). */
const stopOnSignals = (): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    const status = 128 + constants.signals[signal];
    if (stopping) process.exit(status);
    stopping = true;
    say(`${signal}: stopping`);
    void (running?.close() ?? Promise.resolve()).finally(() => process.exit(status));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
};

const run = async ({ benches: chosen, scale, json }: Asked): Promise<void> => {
  for (const bench of chosen) {
    const { report, environment } = await runBench(bench, scale, say, (scope) => (running = scope));
    for (const line of linesOf(report, environment)) print(line);
    if (json) print(JSON.stringify(jsonOf(report, environment)));
  }
};

const asked = askedOf(process.argv.slice(2), benches);
if ('misunderstood' in asked) {
  if (asked.misunderstood !== '') process.stderr.write(`${asked.misunderstood}\n\n`);
  print(usageOf(benches));
  process.exitCode = asked.misunderstood === '' ? 0 : 2;
} else {
  stopOnSignals();
  await run(asked).catch((error: unknown) => {
    process.stderr.write(`The bench failed.\n${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
  // What was forgotten to be closed shall not keep a finished bench alive.
  setTimeout(() => process.exit(), lingerMillisMax).unref();
}
