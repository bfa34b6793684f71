import { StoreUnavailableError, UnknownOutcomeError } from '#event-sourcing';
import { ConfigError, createLogger, readConfig } from '#platform';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';
import { ConnectionRefusedError, MigrationError } from '#postgres';
import { CopyDiffersError, DamagedSourceError, OtherTargetError } from './errors.js';
import { readOptions, usage, UsageError, type CopyOptions } from './options.js';
import { showProgress } from './progress.js';
import { runCopy, type CopyResult } from './run.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) return print(usage);
  const logger = createLogger(
    'warn',
    (line) => process.stderr.write(line),
    () => new Date().toISOString(),
  );
  const progress = showProgress(process.stderr);
  const result = await runCopy({ ...{ options, logger, progress }, config: readConfig(process.env) });
  for (const line of linesOf(options, result)) print(line);
  if (options.json) print(JSON.stringify({ ...options, ...result }));
};

const linesOf = ({ to, dryRun }: CopyOptions, { events, there, copied, digest, rebuilt }: CopyResult): string[] => [
  `${events} events, ${there} of them in ${to} before, ${copied} ${dryRun ? 'to be copied' : 'copied'}; digest ${digest}`,
  ...(dryRun ? [] : ['Read back and verified: both logs are the same.']),
  ...(rebuilt.length > 0 ? [`Built anew for the positions there: ${rebuilt.join(', ')}.`] : []),
];

/** What a person can mend is told in a sentence; everything else with its stack. */
const mendable = [
  UsageError,
  DamagedSourceError,
  OtherTargetError,
  CopyDiffersError,
  ConfigError,
  EmbeddedPostgresError,
  MigrationError,
  ConnectionRefusedError,
];
const again = [StoreUnavailableError, UnknownOutcomeError];

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (again.some((type) => error instanceof type))
    return `${error.message}\nRun it again: it goes on where it stopped.`;
  return mendable.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
};

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
