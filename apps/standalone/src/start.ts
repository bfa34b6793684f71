import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { messageContracts } from '#messaging';
import {
  createHttpApp,
  createRateLimit,
  keepFresh,
  serveDocs,
  serveEventDocs,
  type Config,
  type Gate,
  type Logger,
} from '#platform';
import { AppModule } from './app.module.js';
import { openDatabase } from './database.js';
import { createFirstKey } from './first-key.js';
import { healthOf } from './health.js';
import { startMessages, type Messages } from './messages.js';
import { startServices, type Services } from './services.js';
import { translateError } from './translate-error.js';

export const version = '0.1.0';

/** A ledger that listens. */
export type Standalone = {
  readonly url: string;
  readonly services: Services;
  readonly app: NestFastifyApplication;
  /** Made at the very first start, and shown this once. */
  readonly firstKey: string | undefined;
  /** Resolves with the reason when the embedded PostgreSQL is gone for good: nothing can be served any more. */
  readonly lost: Promise<Error>;
  /** Stops accepting, finishes what is under way, then stops everything behind it. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the whole in one process: database, write side, read side, HTTP.
 *
 * @throws EmbeddedPostgresError, MigrationError, ConnectionRefusedError: what a person has to see
 */
export const startStandalone = async (config: Config, logger: Logger): Promise<Standalone> => {
  const database = await openDatabase(config, logger);
  const services = await startServices(database.serviceUrl, config, logger);
  const { ledger, keyRing } = services;
  const firstKey = await createFirstKey(keyRing, ledger.clock.now());
  const messages = await startMessages(services, config, logger);
  const app = await createApp(services, messages, config, logger);
  await app.listen(config.port, config.host);
  const stopping = new AbortController();
  const fresh = keepFresh(keyRing, ledger.clock.sleep, logger, stopping.signal);
  return {
    url: await app.getUrl(),
    services,
    app,
    firstKey,
    lost: database.lost,
    stop: async () => {
      stopping.abort();
      await messages.stop();
      await services.availability.stop();
      await app.close();
      await fresh;
      await services.stop();
      await database.stop();
    },
  };
};

const createApp = async (
  services: Services,
  { intake }: Messages,
  config: Config,
  logger: Logger,
): Promise<NestFastifyApplication> => {
  const { ledger, availability, keyRing, deadLetters, askStore } = services;
  const health = healthOf({ ledger, availability, askStore });
  const gate: Gate = {
    ring: keyRing,
    rateLimit: createRateLimit(config.requestsPerSecond),
    now: ledger.clock.now,
    elapsedMillis: () => performance.now(),
  };
  const root = AppModule.with({ ledger, availability, keyRing, deadLetters, intake, health });
  const app = await createHttpApp(root, { gate, logger, translate: translateError });
  serveDocs(app, version);
  serveEventDocs(app, messageContracts);
  return app;
};
