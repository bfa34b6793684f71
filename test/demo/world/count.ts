import { addUnits, type Seller } from './seller.js';

/** A product of which more was sold than there was. */
export type Oversold = { readonly sku: string; readonly had: number; readonly sold: number };

/** Units that the shops sold together, by their own orders: nobody asks the ledger. */
export const soldBy = (sellers: readonly Pick<Seller, 'sold'>[]): ReadonlyMap<string, number> => {
  const sold = new Map<string, number>();
  for (const seller of sellers) for (const [sku, units] of seller.sold()) addUnits(sold, sku, units);
  return sold;
};

export const oversoldOf = (
  stock: ReadonlyMap<string, number>,
  sold: ReadonlyMap<string, number>,
): readonly Oversold[] =>
  [...sold].flatMap(([sku, units]) => {
    const had = stock.get(sku) ?? 0;
    return units > had ? [{ sku, had, sold: units }] : [];
  });

export const unitsOf = (oversold: readonly Oversold[]): number =>
  oversold.reduce((sum, { had, sold }) => sum + sold - had, 0);

/** Products that nobody sells without asking the ledger first are protected: the others are exposed. */
export const isProtected = (sku: string, sellers: readonly Seller[]): boolean =>
  sellers.every(({ asksFirst, sells }) => asksFirst || !sells(sku));
