import { scopes, type KeyRing } from '#platform';
import { transaction, type Pool } from '#postgres';

/** The connection of people. */
export const operatorConnection = 'operator';

/** Processes that start at once look one after the other: the later ones find the key of the first. */
const lockFirstKey = `SELECT pg_advisory_xact_lock(hashtextextended('first key', 0))`;

/** A key with every scope where there is none at all: its token, to be shown this once. */
export const createFirstKey = (ring: KeyRing, pool: Pool, now: string): Promise<string | undefined> =>
  transaction(pool, async (session) => {
    await session.query(lockFirstKey);
    await ring.reload();
    if (ring.list().length > 0) return undefined;
    const made = await ring.create({ connection: operatorConnection, scopes }, now);
    return made === 'too_many_keys' ? undefined : made.token;
  });
