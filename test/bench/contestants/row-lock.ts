import { createPool, type Pool, transaction } from '#postgres';
import { type Contestant, inLoops } from '../support/contest.js';
import type { Scope } from '../support/scope.js';

/** The usual way: a row a SKU with what is available, guarded by its lock, and a row for every movement. */
const schema = `
  CREATE TABLE stock (sku text PRIMARY KEY, available bigint NOT NULL CHECK (available >= 0)) WITH (fillfactor = 50);
  CREATE TABLE movement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    cart text NOT NULL,
    quantity bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
  );`;

const take = {
  name: 'take',
  text: 'UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2',
};
const note = { name: 'note', text: 'INSERT INTO movement (sku, cart, quantity) VALUES ($1, $2, $3)' };

/** Takes one unit of the SKU that `skuOf` names, in one transaction: BEGIN, UPDATE .. WHERE, INSERT, COMMIT. */
export const rowLockContestant = async (
  url: string,
  { skus, skuOf, callers }: { skus: number; skuOf: () => string; callers: number },
  scope: Scope,
): Promise<Contestant> => {
  const pool = createPool({ url, applicationName: 'row lock', max: callers });
  scope.add('the row lock', () => pool.end());
  await pool.query(schema);
  await pool.query(`INSERT INTO stock SELECT 'sku-' || n, 1000000000 FROM generate_series(0, $1 - 1) AS n`, [skus]);
  await pool.query('VACUUM ANALYZE stock');
  await warm(pool, callers);
  let carts = 0;
  return {
    name: 'row lock',
    run: inLoops(callers, () => {
      const [sku, cart] = [skuOf(), `cart-${(carts += 1)}`];
      return transaction(pool, async (client) => {
        const { rowCount } = await client.query({ ...take, values: [sku, 1] });
        if (rowCount !== 1) throw new Error('The row lock sold what it does not have');
        await client.query({ ...note, values: [sku, cart, 1] });
      });
    }),
  };
};

/** Opens all connections before anything is measured. */
const warm = async (pool: Pool, connections: number): Promise<void> => {
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
};
