import { ConfigError, createLogger, readConfig } from '#platform';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';
import { ConnectionRefusedError, MigrationError } from '#postgres';
import { IntakeBehindError, NoTopicsError, UnknownChoiceError } from './errors.js';
import { readOptions, usage, UsageError } from './options.js';
import { jsonOf, linesOf, statusOf } from './report.js';
import { runRecover } from './run.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) return print(usage);
  const logger = createLogger(
    'warn',
    (line) => process.stderr.write(line),
    () => new Date().toISOString(),
  );
  const result = await runRecover({ options, logger, config: readConfig(process.env) });
  for (const line of linesOf(result)) print(line);
  if (options.json) print(JSON.stringify(jsonOf(result)));
  process.exitCode = statusOf(result);
};

/** What a person can mend is told in a sentence; everything else with its stack. */
const mendable = [
  UsageError,
  ConfigError,
  EmbeddedPostgresError,
  MigrationError,
  ConnectionRefusedError,
  NoTopicsError,
  IntakeBehindError,
  UnknownChoiceError,
];

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return mendable.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
};

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
