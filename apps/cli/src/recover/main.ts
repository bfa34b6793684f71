import { ConfigError, createLogger, readConfig } from '#platform';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';
import { ConnectionRefusedError, MigrationError } from '#postgres';
import { readOptions, usage, UsageError } from './options.js';
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
  await runRecover(readConfig(process.env), logger);
  print('Every number is said again.');
  if (options.json) print(JSON.stringify({ announcing: true }));
};

/** What a person can mend is told in a sentence; everything else with its stack. */
const mendable = [UsageError, ConfigError, EmbeddedPostgresError, MigrationError, ConnectionRefusedError];

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return mendable.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
};

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
