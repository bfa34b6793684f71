import { ttlMillisMax } from '#stock';
import { prepared, textArray, transaction, type Pool } from '#postgres';
import { sql } from './statements.js';

const seedCartsMax = 5_000;

/** Have the carts been taken over that were open before the index was there? */
export const isSeeded = async (pool: Pool): Promise<boolean> =>
  (await pool.query(prepared(sql['is-seeded']))).rows.length > 0;

/** Takes over open carts, once; what the index knows stays. */
export const seedCarts = (pool: Pool, carts: readonly (readonly [string, readonly string[]])[]): Promise<void> =>
  transaction(pool, async (session) => {
    for (let first = 0; first < carts.length; first += seedCartsMax) {
      const some = carts.slice(first, first + seedCartsMax);
      const reservations = textArray(some.map(([reservation]) => reservation));
      const skus = textArray(some.map(([, held]) => JSON.stringify(held)));
      await session.query(prepared(sql['seed-carts'], [reservations, skus, ttlMillisMax]));
    }
    await session.query(prepared(sql['set-seeded']));
  });
