import type pg from 'pg';
import { typeParsers } from './values.js';

/** How a connection behaves. Every timeout is enforced by the server; 0 would mean none and is refused. */
export type ConnectionOptions = {
  /** `postgres://user:password@host:port/database`. Holds a password: never log it. */
  readonly url: string;
  /** What pg_stat_activity shows. */
  readonly applicationName: string;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly idleInTransactionTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** Further settings of the session, `{ synchronous_commit: 'on' }`. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** A statement of ours takes milliseconds; one that takes this long stands in the way of others. */
const statementTimeoutMs = 30_000;
const lockTimeoutMs = 10_000;
/** A transaction left open holds back vacuum and locks for everybody. */
const idleInTransactionTimeoutMs = 30_000;
const connectTimeoutMs = 5_000;
const keepAliveDelayMs = 10_000;

/** What the driver is told. @throws RangeError when a timeout is not a positive whole number. */
export const clientConfigOf = (options: ConnectionOptions): pg.ClientConfig => ({
  connectionString: options.url,
  application_name: options.applicationName,
  statement_timeout: positive('statementTimeoutMs', options.statementTimeoutMs ?? statementTimeoutMs),
  lock_timeout: positive('lockTimeoutMs', options.lockTimeoutMs ?? lockTimeoutMs),
  idle_in_transaction_session_timeout: positive(
    'idleInTransactionTimeoutMs',
    options.idleInTransactionTimeoutMs ?? idleInTransactionTimeoutMs,
  ),
  connectionTimeoutMillis: positive('connectTimeoutMs', options.connectTimeoutMs ?? connectTimeoutMs),
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveDelayMs,
  types: typeParsers,
  options: settingsText(options.settings ?? {}),
});

const positive = (name: string, value: number): number => {
  if (!Number.isSafeInteger(value) || value <= 0) throw new RangeError(`${name} must be a whole number above 0`);
  return value;
};

/**
 * Settings of sessions that read by keys: every table of ours is read by an index, and a plan is made once for tables of
 * any size. Left alone, the planner believes in what it saw of a table when that was nearly empty, until somebody analyses
 * it, and reads it from end to end (measured: a question to the index of keys took 17 ms at some ten thousand keys, not 2).
 */
export const plansByIndex: Readonly<Record<string, string>> = {
  enable_seqscan: 'off',
  plan_cache_mode: 'force_generic_plan',
};

/** As on the server's command line; just-in-time compilation costs more than any statement of ours takes. */
const settingsText = (settings: Readonly<Record<string, string>>): string =>
  Object.entries({ jit: 'off', timezone: 'UTC', ...settings })
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, (character) => `\\${character}`)}`)
    .join(' ');
