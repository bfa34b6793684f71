import type { Queries } from '#read-model';

/** Units on hand of every SKU, over all its locations. */
export const readOnHand = async (queries: Pick<Queries, 'stockAt'>): Promise<ReadonlyMap<string, number>> => {
  const onHand = new Map<string, number>();
  let after: string | undefined;
  do {
    const { rows, next } = await queries.stockAt({}, { after, limit: pageRows });
    for (const row of rows) onHand.set(row.sku, (onHand.get(row.sku) ?? 0) + row.onHand);
    after = next;
  } while (after !== undefined);
  return onHand;
};
const pageRows = 1_000;
