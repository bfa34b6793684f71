import { type RowChanges } from './changes-between.js';
import { mapped, type NumberSet, setOf, sum } from '#channel-kit';
import { stockTypeOf } from './packs.js';
import { keyOf, rowIn, type RowKey } from './rows.js';
import { type PackItem, type ShopView } from './views.js';

type Quantities = ReadonlyMap<RowKey, NumberSet>;

const capOf = (quantity: number, { unitsPerPack }: PackItem): number =>
  Math.max(0, Math.floor(quantity / unitsPerPack));

/** Where a component falls, its packs are lowered to what can be made of it. */
const capped = (packs: NumberSet, base: number, falls: NumberSet, item: PackItem): NumberSet => {
  if (packs === 'unknown' || falls === 'unknown') return 'unknown';
  const possible = falls.flatMap((fall) => {
    const cap = fall < 0 ? capOf(base + fall, item) : Infinity;
    return packs.map((quantity) => Math.min(quantity, cap));
  });
  return setOf(possible);
};

type Shelf = { readonly shopId: number; readonly rows: ReadonlyMap<RowKey, number>; readonly changes: RowChanges };

const loweredPacks = (shop: ShopView, { shopId, rows, changes }: Shelf, expected: Quantities): Quantities => {
  const lowered = new Map(expected);
  for (const [productId, pack] of shop.packs) {
    const key = keyOf(rowIn(shop, shopId, productId, 0));
    if (stockTypeOf(shop, pack) !== 2) continue;
    for (const item of pack.items) {
      const component = keyOf(rowIn(shop, shopId, item.productId, item.attributeId));
      const moved = changes.get(component);
      const own = lowered.get(key);
      if (moved === undefined || own === undefined) continue;
      const base = rows.get(component);
      lowered.set(key, base === undefined ? 'unknown' : capped(own, base, moved, item));
    }
  }
  return lowered;
};

/**
 * The quantities that rows may show after `changes` in one shop (or its sharing group): from what they showed before, the
 * changes themselves and, for packs that are kept in step with their components (stock type 2), the shop's habit of
 * lowering the pack when a component is sold, and never raising it again.
 */
export const expectedRows = (
  rows: ReadonlyMap<RowKey, number>,
  changes: RowChanges,
  shop: ShopView,
  shopId: number,
): Quantities => {
  const expected = new Map<RowKey, NumberSet>(
    [...rows].map(([key, quantity]) => [key, mapped(changes.get(key) ?? [0], (change) => quantity + change)]),
  );
  return loweredPacks(shop, { shopId, rows, changes }, expected);
};

/** Changes of several orders, or of one order over several readings, together. */
export const together = (all: readonly RowChanges[]): RowChanges => {
  const rows = new Map<RowKey, NumberSet>();
  for (const [key, moved] of all.flatMap((changes) => [...changes])) rows.set(key, sum(rows.get(key) ?? [0], moved));
  return rows;
};
