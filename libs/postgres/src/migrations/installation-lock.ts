import type { Client } from '../pool.js';

/**
 * Runs `work` while no other process installs into this database. Held by the session, so it covers several transactions
 * and ends with the connection, whatever happens.
 */
export const withInstallationLock = async <Result>(client: Client, work: () => Promise<Result>): Promise<Result> => {
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
  }
};

/** The bytes of "stockled": any number that no other program is likely to take. */
const lockKey = '8319396884454860132';
