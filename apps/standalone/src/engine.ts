import type { EventStore, Instant } from '#event-sourcing';
import { createEventStoreDbStore, type StreamFinding } from '#event-store/eventstoredb';
import { createPostgresEventStore } from '#event-store/postgres';
import type { CalibratedClock, Config } from '#platform';
import type { Pool } from '#postgres';

/** What keeps the events, whichever it is, and the database's time, which is the ledger's with either. */
export type Engine = {
  readonly store: EventStore;
  readonly databaseTime: () => Promise<Instant>;
  /** The database's time, once what keeps the events has answered too. @throws when one of them is away */
  readonly ask: () => Promise<Instant>;
  /** Streams of the log that somebody has deleted, as they are found; where the engine lets people do that. */
  readonly watchDamage?: (signal: AbortSignal) => AsyncIterable<StreamFinding>;
  /** Aborts nothing: subscriptions are ended before. */
  readonly close: () => Promise<void>;
};

type Parts = {
  readonly config: Config;
  readonly serviceUrl: string;
  readonly pool: Pool;
  readonly clock: CalibratedClock;
};

/** All that a ledger appends to: what begins otherwise on the same server is not its own. */
export const streamPrefixes = ['stock-', 'order-', 'policy-', 'listing-', 'observation-', 'assembly-'];

/** EventStoreDB where its address is given, else PostgreSQL. */
export const openEngine = (parts: Parts): Engine => {
  const { eventStoreDbUrl: url, role } = parts.config;
  if (url !== undefined) return keptCalibrated(onEventStoreDb(url, parts), parts);
  return role === 'availability' ? keptCalibrated(onPostgres(parts), parts) : onPostgres(parts);
};

/** Every append brings the database's time along: who appends nothing has to ask. */
const onPostgres = ({ serviceUrl, clock }: Parts): Engine => {
  const store = createPostgresEventStore({
    ...{ url: serviceUrl, applicationName: 'ledger' },
    onClockSample: ({ at, sentMs, receivedMs }) => clock.calibrate(at, receivedMs - sentMs),
  });
  return { store, databaseTime: store.databaseTime, ask: store.databaseTime, close: store.close };
};

/** Nobody writes it: a question that costs the server nothing, however long its log is. */
const noStream = { stream: 'stock-', from: 0 };

/** How often the database is asked for its time where appends do not bring it along. */
const calibrateMillis = 1_000;

const onEventStoreDb = (url: string, { config, pool, clock }: Parts): Engine => {
  const store = createEventStoreDbStore({
    ...{ url, prefixes: streamPrefixes, namespace: config.eventStoreDbNamespace },
    appendBytesMax: config.eventStoreDbAppendBytesMax,
  });
  const databaseTime = () => askTime(pool, clock);
  const ask = () => store.read([noStream], 1).then(databaseTime);
  return { store, databaseTime, ask, watchDamage: store.watchDamage, close: store.close };
};

const keptCalibrated = (engine: Engine, { pool, clock }: Parts): Engine => {
  const closing = new AbortController();
  const calibrated = keepCalibrated(() => askTime(pool, clock), clock, closing.signal);
  return {
    ...engine,
    close: async () => {
      closing.abort();
      await calibrated;
      await engine.close();
    },
  };
};

/** The clock takes over what the database answers. */
const askTime = async (pool: Pool, clock: CalibratedClock): Promise<Instant> => {
  const sentMs = performance.now();
  const { rows } = await pool.query<{ at: Instant }>('SELECT clock_timestamp() AS at');
  const [row] = rows;
  if (!row) throw new Error('The database did not tell its time');
  clock.calibrate(row.at, performance.now() - sentMs);
  return row.at;
};

/** A database that is away is asked again: until then the time goes on by the machine's counter. */
const keepCalibrated = async (
  databaseTime: () => Promise<Instant>,
  clock: CalibratedClock,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(calibrateMillis, signal);
    await databaseTime().catch(() => undefined);
  }
};
