import { type EventStore, type Instant, positionOf, type Write } from '#event-sourcing';
import { createPool, dedicatedConnection, plansByIndex, type Pool, prepared } from '#postgres';
import { append, type Appended } from './append.js';
import * as bounds from './bounds.js';
import { unavailableWhenAway } from './failures.js';
import { logHead } from './log-head.js';
import type { OnRead } from './read-log.js';
import { readStreams } from './read-streams.js';
import { recentEvents } from './recent-events.js';
import { sql } from './statements.js';
import { subscribe } from './subscribe.js';

/** The database's time, and between which moments of this process (performance.now(), ms) it was read. */
export type ClockSample = { readonly at: Instant; readonly sentMs: number; readonly receivedMs: number };

export type PostgresEventStoreOptions = {
  /** Of the service's role, as `provision` gives it. */
  readonly url: string;
  readonly applicationName?: string;
  /** Connections for reading; appends have one of their own. */
  readonly readConnectionsMax?: number;
  /** Called after every append: the time of the database at no cost. */
  readonly onClockSample?: (sample: ClockSample) => void;
  /** Told of every event of the whole log that a subscription reads from its table, with the text that stands there. */
  readonly onRead?: OnRead;
};

export type PostgresEventStore = EventStore & {
  readonly databaseTime: () => Promise<Instant>;
  /** Waits for the append under way, then closes all connections; once is enough. Abort subscriptions before. */
  readonly close: () => Promise<void>;
};

const capabilities = { name: 'postgres', contiguousPositions: true, appendsManyStreams: true };

/**
 * The log in PostgreSQL. Opens its connections at need, and anew when they were lost.
 * @example const store = createPostgresEventStore({ url: (await provision({ ownerUrl, modules: [ledgerModule] })).serviceUrl });
 */
export const createPostgresEventStore = (options: PostgresEventStoreOptions): PostgresEventStore => {
  const pool = readingPool(options);
  const connection = appendConnection(options);
  const recent = recentEvents({ eventsMax: bounds.recentEventsMax, bytesMax: bounds.recentBytesMax });
  const readHead = (): Promise<number> => headOf(pool);
  const head = logHead({ readHead, pollMsMin: bounds.pollMsMin, pollMsMax: bounds.pollMsMax });

  let closing: Promise<void> | undefined;

  const remember = ({ events, after }: Appended, writes: readonly Write[]): void => {
    recent.add(after, events, bytesOf(writes));
    head.note(after + events.length);
  };
  return {
    capabilities,
    append: async (writes) => {
      if (writes.length === 0) return [];
      const sentMs = performance.now();
      const appended = await append(connection, writes);
      options.onClockSample?.({ at: appended.at, sentMs, receivedMs: performance.now() });
      remember(appended, writes);
      return appended.outcomes;
    },
    read: (streams, eventsMax = bounds.readEventsDefault) => unavailableWhenAway(readStreams(pool, streams, eventsMax)),
    subscribe: (after, subscribeOptions) =>
      subscribe({ pool, head, recent, onRead: options.onRead }, after, subscribeOptions),
    head: async () => {
      const position = await unavailableWhenAway(readHead());
      return position === 0 ? undefined : positionOf(position);
    },
    databaseTime: () => unavailableWhenAway(timeOf(pool)),
    close: () => (closing ??= connection.close().then(() => pool.end())),
  };
};

const readingPool = ({
  url,
  applicationName = 'event-store',
  readConnectionsMax = 4,
}: PostgresEventStoreOptions): Pool =>
  createPool({
    url,
    applicationName: `${applicationName} read`,
    max: readConnectionsMax,
    settings: plansByIndex,
  });

/** What is acknowledged is on disk, whatever the server's default is. */
const appendConnection = ({ url, applicationName = 'event-store' }: PostgresEventStoreOptions) =>
  dedicatedConnection({
    url,
    applicationName: `${applicationName} append`,
    lockTimeoutMs: bounds.appendLockMsMax,
    statementTimeoutMs: bounds.appendStatementMsMax,
    answerMsMax: bounds.appendAnswerMsMax,
    settings: { synchronous_commit: 'on', default_transaction_isolation: 'read committed' },
  });

const headOf = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ position: number }>(prepared(sql.head));
  return rows[0]?.position ?? 0;
};

const timeOf = async (pool: Pool): Promise<Instant> => {
  const { rows } = await pool.query<{ at: Instant }>(prepared(sql['database-time']));
  const [row] = rows;
  if (!row) throw new Error('The database did not tell its time');
  return row.at;
};

/** Text in memory is about as long as the canonical text; stored conflicts count too, which is on the safe side. */
const bytesOf = (writes: readonly Write[]): number => {
  let bytes = 0;
  for (const { events } of writes) for (const { canonical } of events) bytes += canonical.length;
  return bytes;
};
