import 'reflect-metadata';
import { createLogger, readConfig, type Config, type Logger } from '#platform';
import { explain } from './explain.js';
import { startProcess, type Process } from './start.js';

/** A stop that takes longer is cut: what is acknowledged is durable, so nothing of it is lost. */
const stopMillisMax = 30_000;

const main = async (): Promise<void> => {
  const began = performance.now();
  const config = readConfig(process.env);
  const logger = createLogger(
    config.logLevel,
    (line) => process.stdout.write(line),
    () => new Date().toISOString(),
  );
  const started = await startProcess(config, logger);
  stopOnSignals(started, logger);
  endWithDatabase(started);
  announce(started, config, logger, Math.round(performance.now() - began));
};

const announce = (
  { firstKey, url }: Process,
  { dataFolder, role }: Config,
  logger: Logger,
  afterMillis: number,
): void => {
  if (firstKey !== undefined) {
    process.stdout.write(`\nThis is the first start. The operator's API key, shown this once:\n\n    ${firstKey}\n\n`);
  }
  logger.info('Ready', { url, role, docs: `${url}/docs`, dataFolder, afterMillis });
};

/** At once: what is acknowledged is on disk, and nothing else can be answered. Whoever runs us starts us again. */
const endWithDatabase = ({ lost }: Process): void => {
  void lost.then((error) => {
    process.stderr.write(`The ledger cannot go on.\n${explain(error)}\n`);
    process.exit(1);
  });
};

const stopOnSignals = (started: Process, logger: Logger): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info('Stopping', { signal });
    setTimeout(() => process.exit(1), stopMillisMax).unref();
    started.stop().then(
      () => {
        logger.info('Stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error('The stop failed', { error });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

main().catch((error: unknown) => {
  process.stderr.write(`The ledger cannot start.\n${explain(error)}\n`);
  process.exit(1);
});
