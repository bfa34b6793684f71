import { hasTaken, isGivingBack, isTaking } from './lines.js';
import { type OrderLine, type OrderView } from './views.js';

export type StockNotice = { readonly code: 'stock_not_taken' | 'stock_still_taken'; readonly detail: string };

/** A line that says 0 has been refunded; one that says nothing has taken nothing. */
const lacksUnits = ({ reduced, stock }: OrderLine): boolean => reduced === undefined && 'row' in stock;

const namesOf = (lines: readonly OrderLine[]): string => lines.map(({ id }) => id).join(', ');

const noticeOf = (code: StockNotice['code'], lines: readonly OrderLine[], detail: string): readonly StockNotice[] =>
  lines.length === 0 ? [] : [{ code, detail }];

/**
 * What a person has to look at: an order whose lines say something else than its status. Two who change a status at once leave
 * such orders, and so does a product that was not managed for a while. It moves nothing by itself.
 */
export const stockNoticesOf = ({ id, status, lines }: OrderView): readonly StockNotice[] => {
  const lacking = isTaking(status) ? lines.filter(lacksUnits) : [];
  const holding = isGivingBack(status) ? lines.filter(hasTaken) : [];
  const order = `Order ${id} is ${status}, and its lines`;
  const notTaken = `${order} ${namesOf(lacking)} have taken nothing from stock: save the order in the shop, and compare the stock of these products.`;
  const stillTaken = `${order} ${namesOf(holding)} still say that they have taken units from stock: compare the stock of these products.`;
  return [...noticeOf('stock_not_taken', lacking, notTaken), ...noticeOf('stock_still_taken', holding, stillTaken)];
};
