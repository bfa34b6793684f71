import pg from 'pg';
import { clientConfigOf, type ConnectionOptions } from './connection-options.js';

export type PoolOptions = ConnectionOptions & {
  /** Connections at most; whoever comes beyond them waits. */
  readonly max: number;
  /** Told of a connection that broke while nobody used it; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
};

/** What can run a statement: a pool (each statement on its own) or the client of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;
export type Pool = pg.Pool;
export type Client = pg.ClientBase;

/** On a pool each statement stands alone; on a client it may be part of a transaction. */
export const isPool = (session: Queryable): session is Pool => session instanceof pg.Pool;

/**
 * A pool with timeouts on everything. `await pool.end()` closes it.
 * @example const pool = createPool({ url, applicationName: 'read-model', max: 4 });
 */
export const createPool = (options: PoolOptions): Pool => {
  // `pipeline`: a statement is sent when it is asked, not when the one before it is answered. See `pipelined`.
  const pool = new pg.Pool({ ...clientConfigOf(options), pipeline: true, max: options.max });
  // Without a listener the end of a connection would end the process: of an idle one, and of one that is lent out. Who has
  // it learns of its end from the next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
};
