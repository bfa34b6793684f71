import { LedgerError } from '../policy/client.js';
import { UsageError } from '../policy/options.js';
import { readOptions, usage } from './options.js';
import { runDrift } from './run.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) print(usage);
  else await runDrift(options, print);
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
