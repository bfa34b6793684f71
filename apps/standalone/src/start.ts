import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { messageContracts } from '#messaging';
import {
  ConfigError,
  createHttpApp,
  createRateLimit,
  keepFresh,
  serveDocs,
  serveEventDocs,
  type Config,
  type Gate,
  type Logger,
} from '#platform';
import { readHold } from '#read-model';
import { AppModule, type AppParts } from './app.module.js';
import { openDatabase } from './database.js';
import { createFirstKey } from './first-key.js';
import { healthOf } from './health.js';
import { keepApart } from './keep-apart.js';
import { startMessages, type Extras, type Messages } from './messages.js';
import { bothOf, startSides, type Services, type Sides } from './services.js';
import { translateError } from './translate-error.js';

export const version = '0.1.0';

/** A process that listens. */
export type Process = {
  readonly url: string;
  readonly sides: Sides;
  readonly app: NestFastifyApplication;
  /** Made at the very first start, and shown this once. */
  readonly firstKey: string | undefined;
  /** Resolves with the reason when the embedded PostgreSQL is gone for good: nothing can be served any more. */
  readonly lost: Promise<Error>;
  /** Stops accepting, finishes what is under way, then stops everything behind it. */
  readonly stop: () => Promise<void>;
};

/** Both sides in one process. */
export type Standalone = Process & { readonly services: Services };

/** Starts the whole in one process: database, write side, read side, HTTP. @throws as `startProcess` */
export const startStandalone = async (config: Config, logger: Logger, extras: Extras = {}): Promise<Standalone> => {
  const started = await startProcess({ ...config, role: 'all' }, logger, extras);
  return { ...started, services: bothOf(started.sides) };
};

/**
 * Starts what the role of this process names: database, its sides, HTTP.
 *
 * @throws ConfigError, EmbeddedPostgresError, MigrationError, ConnectionRefusedError, StoreUnavailableError,
 *   UnfitTopicError: what a person has to see
 */
export const startProcess = async (config: Config, logger: Logger, extras: Extras = {}): Promise<Process> => {
  demandShared(config);
  keepApart(config);
  const database = await openDatabase(config, logger);
  const sides = await startSides(database.serviceUrl, config, logger);
  const { clock, keyRing, pool, write, read } = sides;
  const firstKey = write && (await createFirstKey(keyRing, pool, clock.now()));
  const messages = await startMessages(sides, config, logger, extras);
  const app = await createApp(sides, messages, config, logger);
  await app.listen(config.port, config.host);
  const stopping = new AbortController();
  const fresh = keepFresh(keyRing, clock.sleep, logger, stopping.signal);
  return {
    url: await app.getUrl(),
    ...{ sides, app, firstKey, lost: database.lost },
    stop: async () => {
      stopping.abort();
      await messages.stop();
      await read?.availability.stop();
      await app.close();
      await fresh;
      await sides.stop();
      await database.stop();
    },
  };
};

/** The sides meet in the database, and an embedded one belongs to its process. */
const demandShared = ({ role, databaseUrl }: Config): void => {
  if (role !== 'all' && databaseUrl === undefined)
    throw new ConfigError(`ROLE ${role} needs DATABASE_URL: the sides meet in one database.`);
};

const createApp = async (
  sides: Sides,
  messages: Messages,
  config: Config,
  logger: Logger,
): Promise<NestFastifyApplication> => {
  const gate: Gate = {
    ring: sides.keyRing,
    rateLimit: createRateLimit(config.requestsPerSecond),
    now: sides.clock.now,
    elapsedMillis: () => performance.now(),
  };
  const root = AppModule.with(appPartsOf(sides, messages));
  const app = await createHttpApp(root, { gate, logger, translate: translateError });
  serveDocs(app, version);
  serveEventDocs(app, messageContracts);
  return app;
};

const appPartsOf = (
  { write, read, keyRing, askStore, damage, pool }: Sides,
  { intake, channels }: Messages,
): AppParts => {
  const availability = read?.availability;
  return {
    writing: write && intake && { ...write, keyRing, intake },
    reading: availability,
    channels,
    health: healthOf({
      ...{ ledger: write?.ledger, availability, askStore, damage },
      heldSince: async () => (await readHold(pool)).heldSince,
    }),
  };
};
