import { fileURLToPath } from 'node:url';
import { ConfigError, createLogger, readConfig } from '#platform';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';
import { ConnectionRefusedError, MigrationError } from '#postgres';
import { OracleError } from './check/oracle.js';
import { OtherReplayError } from './check/other-replay.js';
import { MalformedLineError } from './file/malformed-line.js';
import { readOptions, type ReplayOptions, usage, UsageError } from './options.js';
import { showProgress } from './report/progress.js';
import { isRight, jsonOf, linesOf } from './report/summary.js';
import { runReplay } from './run.js';

/** The committed year; the build copies it along. */
const committed = (name: string): string =>
  fileURLToPath(new URL(`../../../../test/data/online-retail/${name}`, import.meta.url));

/** A year repeats next to nothing: what a process would remember for repetitions is here only to be looked after. */
const rememberedKeysMax = '20000';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const play = async ({ file, limit, verify, json, dataDir }: ReplayOptions): Promise<void> => {
  const config = readConfig({
    LOG_LEVEL: 'warn',
    REMEMBERED_KEYS_MAX: rememberedKeysMax,
    ...process.env,
    // A replay has a ledger of its own in its folder, whatever the one that is operated here is on.
    EVENTSTOREDB_URL: '',
    ...(dataDir !== undefined && { LEDGER_DATA: dataDir }),
  });
  const logger = createLogger(
    config.logLevel,
    (line) => process.stderr.write(line),
    () => new Date().toISOString(),
  );
  const summary = await runReplay({
    file: file ?? committed('online_retail.csv.gz'),
    ...(limit !== undefined && { limit }),
    ...(verify !== undefined && { oracle: verify === true ? committed('sku.csv') : verify }),
    config,
    logger,
    progress: showProgress(process.stderr),
  });
  for (const line of linesOf(summary)) print(line);
  if (json) print(JSON.stringify(jsonOf(summary)));
  if (!isRight(summary)) process.exitCode = 1;
};

/** What a person can mend is told in a sentence; everything else with its stack. */
const mendable = [
  UsageError,
  MalformedLineError,
  OracleError,
  OtherReplayError,
  ConfigError,
  EmbeddedPostgresError,
  MigrationError,
  ConnectionRefusedError,
];

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (mendable.some((type) => error instanceof type) || 'syscall' in error) return error.message;
  return error.stack ?? error.message;
};

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) print(usage);
  else await play(options);
};

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
