import { createPool, type Pool } from '#postgres';
import { type Contestant, inLoops } from '../support/contest.js';
import type { Scope } from '../support/scope.js';

/** Event sourcing as it is first written: read the stream's end, decide, append at the next revision, else start over. */
const schema = `
  CREATE TABLE event (
    stream text NOT NULL,
    revision bigint NOT NULL,
    available bigint NOT NULL,
    data jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream, revision)
  );`;

const readEnd = {
  name: 'end',
  text: 'SELECT revision, available FROM event WHERE stream = $1 ORDER BY revision DESC LIMIT 1',
};
const append = {
  name: 'append',
  text: 'INSERT INTO event (stream, revision, available, data) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
};

export const naiveAppendContestant = async (
  url: string,
  { callers }: { callers: number },
  scope: Scope,
): Promise<Contestant> => {
  const pool = createPool({ url, applicationName: 'naive append', max: callers });
  scope.add('the naive append', () => pool.end());
  await pool.query(schema);
  await pool.query(`INSERT INTO event VALUES ('sku-0', 0, 1000000000, '{"type":"StockReceived"}')`);
  let carts = 0;
  return {
    name: 'naive read-append-retry',
    run: inLoops(callers, async () => {
      const cart = `cart-${(carts += 1)}`;
      for (let isStored = false; !isStored;) isStored = await attempt(pool, 'sku-0', cart);
    }),
  };
};

const attempt = async (pool: Pool, stream: string, cart: string): Promise<boolean> => {
  const { rows } = await pool.query<{ revision: number; available: number }>({ ...readEnd, values: [stream] });
  const end = rows[0];
  if (end === undefined || end.available < 1) throw new Error('The naive append has no stock');
  const event = JSON.stringify({ type: 'StockReserved', cart, quantity: 1 });
  const values = [stream, end.revision + 1, end.available - 1, event];
  const { rowCount } = await pool.query({ ...append, values });
  return rowCount === 1;
};
