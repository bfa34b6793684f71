import { createPool, type Pool } from '#postgres';
import { becomesTrue } from './becomes-true.js';

const settleMillisMax = 90_000;

type Standing = {
  /** Where the log ends. */
  readonly head: number;
  readonly orders: number;
  /** Where the slowest projection and the backstop of orders have come to. */
  readonly projected: number;
  readonly backstop: number;
  /** Holds that end within the minute, and are then swept. */
  readonly ending: number;
};

const standing = `
  SELECT
    (SELECT max(position) FROM ledger.events) AS head,
    (SELECT max(position) FROM ledger.events JOIN ledger.kinds USING (kind) WHERE name = 'order') AS orders,
    (SELECT min(position) FROM read.checkpoint JOIN read.projection USING (name) WHERE version = live) AS projected,
    (SELECT position::bigint FROM sagas.checkpoint WHERE name = 'order-backstop') AS backstop,
    (SELECT count(*) FROM fold.hold WHERE expires_at < now() + interval '1 minute') AS ending`;

/** Resolves when nothing moves any more: all is projected, delivered and swept. */
export const settle = async (ownerUrl: string): Promise<void> => {
  const pool = createPool({ url: ownerUrl, applicationName: 'crash-test', max: 1 });
  let last: Standing | undefined;
  try {
    const settled = await becomesTrue(async () => {
      const before = last?.head;
      last = await read(pool);
      return isAtRest(last) && last.head === before;
    }, settleMillisMax);
    if (!settled) throw new Error(`The ledger does not come to rest: ${JSON.stringify(last)}`);
  } finally {
    await pool.end();
  }
};

const isAtRest = ({ head, orders, projected, backstop, ending }: Standing): boolean =>
  projected === head && backstop >= orders && ending === 0;

const read = async (pool: Pool): Promise<Standing> => {
  const { rows } = await pool.query<Standing>(standing);
  if (!rows[0]) throw new Error('a row was asked for');
  return rows[0];
};
