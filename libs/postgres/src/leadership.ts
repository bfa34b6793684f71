import { endWith } from '#deadline';
import type { ConnectionOptions } from './connection-options.js';
import { createPool, type Client, type Pool } from './pool.js';

export type LeadershipOptions = ConnectionOptions & {
  /** Of all processes on this database that ask for it, one has it. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** Resolves after `millis`, or at once when the signal aborts. */
  readonly sleep: (millis: number, signal: AbortSignal) => Promise<void>;
  /** Told of what is tried again: no database, a lost connection, an error of the work. */
  readonly onTrouble: (error: unknown) => void;
};

/** How often a follower asks, and a leader makes sure that it still is one: a takeover takes no longer than this. */
const askMillis = 1_000;

/**
 * A leader's host that is gone is noticed within 5 s: 2 s of silence, then three probes. A leader that stands still answers
 * those and asks nothing any more: its session ends after 5 s.
 */
const noticeDeadClients =
  'SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; SET idle_session_timeout = 5000';

/**
 * Ends soon after its signal has aborted. `confirm` asks the database whether this process leads at this moment.
 * @throws of `confirm`: Error when it does not, or nobody can say
 */
export type LeadersWork = (signal: AbortSignal, confirm: () => Promise<void>) => Promise<void>;

/**
 * Runs `work` while this process is the only one of its name, again and again until the signal aborts. A lock of the session
 * holds the leadership: it ends with the connection, whatever happens to the process. The signal of the work aborts as
 * soon as this end is seen here, so until it has ended two processes may work: work must be safe to do twice, this only
 * saves effort.
 *
 * @example await whileLeading({ url, name: 'relay', signal, sleep, onTrouble }, (signal) => relayUntil(signal));
 */
export const whileLeading = async (options: LeadershipOptions, work: LeadersWork): Promise<void> => {
  const { signal, sleep, onTrouble } = options;
  const pool = createPool({ ...options, max: 1 });
  while (!signal.aborted) {
    await attempt(pool, options, work).catch(onTrouble);
    await sleep(askMillis, signal);
  }
  await pool.end();
};

const attempt = async (pool: Pool, options: LeadershipOptions, work: LeadersWork): Promise<void> => {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(noticeDeadClients);
    if (await asked(client, 'pg_try_advisory_lock', options.name)) {
      await lead(client, options, work);
      await asked(client, 'pg_advisory_unlock', options.name);
    }
    broken = false;
  } finally {
    client.release(broken);
  }
};

type LockFunction = 'pg_try_advisory_lock' | 'pg_advisory_unlock';

const asked = async (client: Client, call: LockFunction, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ is: boolean }>(`SELECT ${call}(hashtextextended($1, 0)) AS is`, [name]);
  return rows[0]?.is === true;
};

const lead = async (client: Client, { signal, sleep }: LeadershipOptions, work: LeadersWork): Promise<void> => {
  const lost = new AbortController();
  const ended = lost.signal;
  const release = endWith(lost, signal);
  const confirm = async (): Promise<void> => {
    ended.throwIfAborted();
    await client.query('SELECT 1');
  };
  const working = work(ended, confirm).finally(() => lost.abort());
  const watched = stillLeading(client, sleep, ended).catch((error: unknown) => {
    lost.abort(error);
    throw error;
  });
  // Work that ends slowly is waited for whatever became of the lead: this process must not begin it a second time.
  const outcomes = await Promise.allSettled([watched, working]);
  release();
  for (const one of outcomes) if (one.status === 'rejected') throw one.reason;
};

/** @throws when the session that holds the lock is gone */
const stillLeading = async (client: Client, sleep: LeadershipOptions['sleep'], signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await client.query('SELECT 1');
    await sleep(askMillis, signal);
  }
};
