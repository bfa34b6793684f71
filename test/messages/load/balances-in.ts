import type { Pool } from '#postgres';
import type { Balance } from './oracle.js';

/** What the ledger says of every SKU. */
export const balancesIn = async (pool: Pool): Promise<ReadonlyMap<string, Balance>> => {
  const { rows } = await pool.query<Balance & { readonly sku: string }>(`
    SELECT sku, sum(sellable + reserved + committed + quarantined + damaged)::bigint AS "onHand",
      sum(committed)::bigint AS committed
    FROM fold.balance GROUP BY sku`);
  return new Map(rows.map(({ sku, onHand, committed }) => [sku, { onHand, committed }]));
};
