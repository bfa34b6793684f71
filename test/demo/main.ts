import 'reflect-metadata';
import { createLogger } from '#platform';
import { optionsOf, usage, type DemoOptions } from './options.js';
import { runDemo } from './run.js';
import { isGood, jsonOf, resultLinesOf } from './show/result.js';
import { createScreen } from './show/screen.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`  ${text}\n`);

const interrupted = 130;

const run = async (options: DemoOptions): Promise<void> => {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  const logger = createLogger(
    'error',
    (line) => process.stderr.write(line),
    () => new Date().toISOString(),
  );
  const screen = createScreen(process.stdout);
  const result = await runDemo({ options, logger, screen, say, signal: stopping.signal });
  for (const line of resultLinesOf(result)) print(line);
  if (options.json) print(JSON.stringify(jsonOf(result)));
  process.exitCode = stopping.signal.aborted ? interrupted : isGood(result) ? 0 : 1;
};

const asked = optionsOf(process.argv.slice(2));
if ('misunderstood' in asked) {
  if (asked.misunderstood !== '') process.stderr.write(`${asked.misunderstood}\n\n`);
  print(usage);
  process.exitCode = asked.misunderstood === '' ? 0 : 2;
} else {
  await run(asked).catch((error: unknown) => {
    process.stderr.write(`The demo failed.\n${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
