import { type ReadRows } from '#channel-kit';
import { mapped } from '#shop-http';
import { soldAt } from '../effects/views.js';
import { rowKeyOf, stockOf } from '../reading/order-view.js';
import { answerOf } from '../rest/failure.js';
import { type Item, type Items } from '../rest/items.js';

/** The row of an item that has one to itself: a variation that its parent manages has none. */
export const ownRowOf = (item: Item): string | undefined => {
  const stock = stockOf(item);
  return 'row' in stock && stock.row === rowKeyOf(item) ? stock.row : undefined;
};

/** Figures of rows. Those that are not there, that nobody counts, or that are counted in parts are left out. */
export const rowsIn =
  (items: Items): ReadRows<number> =>
  async (keys, signal) => {
    const sold = keys.flatMap((key) => soldAt(key) ?? []);
    const figuresOf = (item: Item) => {
      const row = ownRowOf(item);
      return row === undefined || item.quantity === undefined ? [] : [[row, item.quantity] as const];
    };
    return answerOf(mapped(await items.at(sold, signal), (found) => new Map(found.flatMap(figuresOf))));
  };
