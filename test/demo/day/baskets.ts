import { isGoods } from '../../../apps/cli/src/replay/meaning/kind.js';
import { groupedBy } from '../grouped-by.js';
import type { Row } from '../../../apps/cli/src/replay/file/row.js';

export type BasketLine = { readonly sku: string; readonly units: number };

/** What one shopper wants, and when: `2010-12-01 08:26`. */
export type Basket = { readonly minute: string; readonly lines: readonly BasketLine[] };

/** The retailer sells to other shops too, a hundred things an invoice: shoppers want a few at a time. */
const linesMax = 4;

const isSale = ({ invoice, sku, quantity, free }: Row): boolean =>
  isGoods(sku) && quantity > 0 && !free && /^\d/u.test(invoice);

const merged = (rows: readonly Row[]): readonly BasketLine[] => {
  const units = new Map<string, number>();
  for (const { sku, quantity } of rows) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, count]) => ({ sku, units: count }));
};

/** The sales of some lines of the retailer's file as baskets, in the order in which they were bought. */
export const basketsOf = (rows: readonly Row[]): readonly Basket[] => {
  const invoices = groupedBy(rows.filter(isSale), ({ invoice }) => invoice);
  const baskets = [...invoices.values()].flatMap((invoice) => {
    const [minute, lines] = [invoice[0]?.minute ?? '', merged(invoice)];
    return Array.from({ length: Math.ceil(lines.length / linesMax) }, (_, at): Basket => {
      const some = lines.slice(at * linesMax, (at + 1) * linesMax);
      return { minute, lines: some };
    });
  });
  return baskets.toSorted((a, b) => (a.minute < b.minute ? -1 : a.minute > b.minute ? 1 : 0));
};
