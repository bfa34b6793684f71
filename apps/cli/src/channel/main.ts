import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { showProgress } from '../copy/progress.js';
import { LedgerError } from '../policy/client.js';
import { askOf } from './api.js';
import { readOptions, usage, UsageError } from './options.js';
import { runChannel } from './run.js';

/** Done, and something waits for a person. */
const waitsCode = 3;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) return print(usage);
  const { json, waits } = await runChannel({
    ...{ options, ask: askOf(options), print, progress: showProgress(process.stderr) },
    sleep: (millis) => wait(millis),
    readInput: () => text(process.stdin),
  });
  if (options.json) print(JSON.stringify(json));
  if (waits) process.exitCode = waitsCode;
};

/** What a person can mend is told in a sentence; everything else with its stack. */
const explain = (error: unknown): string => {
  if (error instanceof LedgerError || error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
