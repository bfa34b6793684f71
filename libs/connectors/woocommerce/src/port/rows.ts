import { keyOf } from '../effects/index.js';
import { stockOf } from '../reading/index.js';
import { type Item, type Items, ok, type Outcome, type Sold } from '../rest/index.js';

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

/** Figures of rows by their keys. Those that are not there, that nobody counts, or that are counted in parts are left out. */
export const readRows = async (
  shop: Items,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<ReadonlyMap<string, number>>> => {
  const places = keys.flatMap((key) => placeOf(key) ?? []);
  const items = await shop.at(places, signal);
  if (items.kind === 'failed') return items;
  const asked = new Set(keys);
  const figures = items.value.flatMap((item) => {
    const row = ownRowOf(item);
    return row !== undefined && asked.has(row) && item.quantity !== undefined ? [[row, item.quantity] as const] : [];
  });
  return ok(new Map(figures));
};
