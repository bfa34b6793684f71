import { type ReadRows } from '#channel-kit';
import { keyOf } from '../effects/index.js';
import { stockOf } from '../reading/index.js';
import { type Item, type Items, type Sold } from '../rest/index.js';
import { answered, troubledBy } from './trouble.js';

const keyPattern = /^(\d{1,15})-(\d{1,15})$/u;

/** What a row's key names: a product, or a variation with stock of its own; undefined for what is none. */
export const placeOf = (key: string): Sold | undefined => {
  const [, productId, variationId] = keyPattern.exec(key) ?? [];
  return productId === undefined || variationId === undefined
    ? undefined
    : { productId: Number(productId), variationId: Number(variationId) };
};

/** The row of an item that has one to itself: a variation that its parent manages has none. */
export const ownRowOf = (item: Item): string | undefined => {
  const stock = stockOf(item);
  const own = item.parentId === 0 ? keyOf(item.id, 0) : keyOf(item.parentId, item.id);
  return 'row' in stock && stock.row === own ? own : undefined;
};

/** Figures of rows. Those that are not there, that nobody counts, or that are counted in parts are left out. */
export const rowsIn =
  (items: Items): ReadRows<number> =>
  async (keys, signal) => {
    const found = await items.at(
      keys.flatMap((key) => placeOf(key) ?? []),
      signal,
    );
    if (found.kind === 'failed') return troubledBy(found.failure);
    const asked = new Set(keys);
    const figures = found.value.flatMap((item) => {
      const row = ownRowOf(item);
      return row !== undefined && asked.has(row) && item.quantity !== undefined ? [[row, item.quantity] as const] : [];
    });
    return answered(new Map(figures));
  };
