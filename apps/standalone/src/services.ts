import { setImmediate as nextTurn } from 'node:timers/promises';
import { numberOf } from '#event-sourcing';
import type { Bounds, Clock, EventStore, Instant, Position } from '#event-sourcing';
import { createPostgresSnapshotStore } from '#event-store/postgres';
import {
  createClock,
  createDigest,
  createKeyRing,
  postgresKeyStore,
  type Config,
  type KeyRing,
  type Logger,
} from '#platform';
import { openEngine, type Engine } from './engine.js';
import { createPool, plansByIndex, type Pool } from '#postgres';
import { createKeyIndex, readOpenCarts, type OpenCart } from '#read-model';
import { startAvailability, type AvailabilityService } from '#apps/availability';
import {
  cartsMax,
  createDeadLetterDesk,
  postgresCheckpoint,
  postgresDeadLetters,
  startLedger,
  surroundingsOf,
  unsweptSkusOf,
  type DeadLetterDesk,
  type Ledger,
} from '#apps/ledger';

/** Connections for queries, projections, keys and the index of commands; appends have their own. */
const poolConnectionsMax = 12;

/** Everything behind HTTP, running. */
export type Services = {
  readonly store: EventStore;
  readonly databaseTime: () => Promise<Instant>;
  readonly keyRing: KeyRing;
  readonly ledger: Ledger;
  readonly availability: AvailabilityService;
  /** Messages that could not be taken in. */
  readonly deadLetters: DeadLetterDesk;
  readonly pool: Pool;
  readonly serviceUrl: string;
  /** Finishes what is under way, then ends what runs by itself and every connection. */
  readonly stop: () => Promise<void>;
};

/** The write side and the read side on one database, without transport: what HTTP, the replay and benches share. */
export const startServices = async (serviceUrl: string, config: Config, logger: Logger): Promise<Services> => {
  const clock = createClock();
  const pool = createPool({
    ...{ url: serviceUrl, applicationName: 'ledger', max: poolConnectionsMax },
    settings: plansByIndex,
  });
  const engine = openEngine({ config, serviceUrl, pool, clock });
  const { store } = engine;
  const onTrouble = (what: string, error: unknown): void => logger.warn(`Trouble with ${what}`, { error });
  const keyRing = createKeyRing(postgresKeyStore(pool));
  clock.calibrate(await engine.databaseTime());
  await keyRing.reload();
  const availability = await startAvailability({
    ...{ store, pool, clock, random: Math.random, onTrouble },
    onRebuild: tellRebuild(logger),
  });
  const ledger = await startLedger({
    ...{ store, clock, digest: createDigest(), random: Math.random, onTrouble },
    ...{ keyIndex: createKeyIndex({ pool, store }), snapshots: createPostgresSnapshotStore(pool) },
    bounds: { ...engine.bounds, ...boundsOf(config) },
    gather: () => nextTurn(),
    knownCarts: await cartsOfEarlierRun({ store, pool, clock, availability }, logger),
    sweeper: { unswept: unsweptSkusOf(pool), everyMillis: config.sweepEveryMillis },
    backstop: postgresCheckpoint(pool, 'order-backstop'),
    surroundings: surroundingsOf(pool),
    figures: postgresCheckpoint(pool, 'figures'),
    onLostFigure: (lost) => logger.error('A figure of a run cannot be compared on its SKU', { lost }),
    onUndeliverable: (undeliverable) => logger.error('An order line cannot be brought to its SKU', { undeliverable }),
    onMetric: (metric) =>
      'error' in metric ? logger.warn(`Kernel: ${metric.kind}`, { error: metric.error }) : undefined,
  });
  return {
    ...{ store, databaseTime: engine.databaseTime, keyRing, ledger, availability, pool, serviceUrl },
    deadLetters: createDeadLetterDesk({ ledger, letters: postgresDeadLetters(pool), clock }),
    stop: () => stopAll({ engine, pool, ledger, availability }),
  };
};

/** A line for every tenth of the way: rebuilding a large ledger's history takes minutes. */
const tellRebuild = (logger: Logger) => {
  let told = '';
  return (projection: string, at: Position, of: Position | undefined): void => {
    const percent = of === undefined ? 100 : Math.floor((10 * numberOf(at)) / numberOf(of)) * 10;
    if (told === `${projection} ${percent}`) return;
    told = `${projection} ${percent}`;
    logger.info('Rebuilding a projection whose tables an older release has made', { projection, percent });
  };
};

/** How long a start waits for the read side, which knows what carts held before. */
const catchUpMillisMax = 3_000;

type ReadSide = {
  readonly store: EventStore;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly availability: AvailabilityService;
};

/** The carts of an earlier run. A read side that is far behind is not waited for: older holds end by their expiry. */
const cartsOfEarlierRun = async (readSide: ReadSide, logger: Logger): Promise<readonly OpenCart[]> => {
  const { store, pool, clock, availability } = readSide;
  const head = await store.head();
  if (head === undefined) return [];
  const enough = AbortSignal.timeout(catchUpMillisMax);
  await availability.caughtUpTo(head, enough).catch((error: unknown) => {
    logger.warn('The read side is behind: carts of an earlier run are known as far as it has come', { error });
  });
  return readOpenCarts(pool, clock.now(), cartsMax);
};

type Running = {
  readonly engine: Engine;
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly availability: AvailabilityService;
};

const stopAll = async ({ engine, pool, ledger, availability }: Running): Promise<void> => {
  await ledger.stop();
  await availability.stop();
  await engine.close();
  await pool.end();
};

const boundsOf = ({ laneQueueMax, totalQueueMax, rememberedKeysMax }: Config): Partial<Bounds> => ({
  ...(laneQueueMax !== undefined && { queuedCommandsPerLaneMax: laneQueueMax }),
  ...(totalQueueMax !== undefined && { openCommandsMax: totalQueueMax }),
  ...(rememberedKeysMax !== undefined && { rememberedKeysMax }),
});
