import { type RowChanges } from './changes-between.js';
import { mapped, movesByRow, type NumberSet, setOf } from '#channel-kit';
import { stockTypeOf } from './packs.js';
import { keyOf, rowIn, type RowKey } from './rows.js';
import { type Pack, type PackItem, type ShopView } from './views.js';

type Quantities = ReadonlyMap<RowKey, NumberSet>;

/** What can be made of a component. Whether a pack falls below nothing with it was not measured. */
const capsOf = (quantity: number, { unitsPerPack }: PackItem): readonly number[] => {
  const cap = Math.floor(quantity / unitsPerPack);
  return cap < 0 ? [cap, 0] : [cap];
};

/** By what a component may have fallen: sold by itself it lowers its packs; what a sold pack does to others was not measured. */
type Seller = 'itself' | 'pack' | 'both';

const holds = (pack: Pack, { productId, attributeId }: PackItem): boolean =>
  pack.items.some((item) => item.productId === productId && item.attributeId === attributeId);

const sellerOf = (shop: ShopView, item: PackItem, products: ReadonlySet<number>): Seller => {
  const isInPack = [...shop.packs].some(
    ([id, pack]) => products.has(id) && stockTypeOf(shop, pack) !== 0 && holds(pack, item),
  );
  if (!isInPack) return 'itself';
  return products.has(item.productId) ? 'both' : 'pack';
};

type Fallen = { readonly item: PackItem; readonly base: number; readonly falls: NumberSet; readonly seller: Seller };

/** Where a component falls, its packs are lowered to what can be made of it, at that moment: whatever else moves them then. */
const capped = (packs: NumberSet, { item, base, falls, seller }: Fallen): NumberSet => {
  if (packs === 'unknown' || falls === 'unknown') return 'unknown';
  if (seller === 'both' && falls.some((fall) => fall < 0)) return 'unknown';
  const possible = falls.flatMap((fall) => {
    const caps = fall < 0 ? capsOf(base + fall, item) : [Infinity];
    return packs.flatMap((quantity) => caps.map((cap) => Math.min(quantity, cap)));
  });
  return setOf(seller === 'pack' ? [...possible, ...packs] : possible);
};

type Shelf = {
  readonly shopId: number;
  readonly rows: ReadonlyMap<RowKey, number>;
  readonly changes: RowChanges;
  readonly products: ReadonlySet<number>;
};

const loweredPacks = (shop: ShopView, shelf: Shelf, expected: Quantities): Quantities => {
  const { shopId, rows, changes, products } = shelf;
  const lowered = new Map(expected);
  for (const [productId, pack] of shop.packs) {
    const key = keyOf(rowIn(shop, shopId, productId, 0));
    if (stockTypeOf(shop, pack) !== 2) continue;
    for (const item of pack.items) {
      const component = keyOf(rowIn(shop, shopId, item.productId, item.attributeId));
      const falls = changes.get(component);
      const own = lowered.get(key);
      if (falls === undefined || own === undefined) continue;
      const base = rows.get(component);
      const seller = sellerOf(shop, item, products);
      lowered.set(key, base === undefined ? 'unknown' : capped(own, { item, base, falls, seller }));
    }
  }
  return lowered;
};

/**
 * The quantities that rows may show after `changes` in one shop (or its sharing group): from what they showed before, the
 * changes themselves and, for packs that are kept in step with their components (stock type 2), the shop's habit of
 * lowering the pack when a component is sold, and never raising it again.
 *
 * @param products those of the order's lines, where there are packs among them
 */
export const expectedRows = (
  rows: ReadonlyMap<RowKey, number>,
  changes: RowChanges,
  shop: ShopView,
  shopId: number,
  products: ReadonlySet<number> = new Set(),
): Quantities => {
  const expected = new Map<RowKey, NumberSet>(
    [...rows].map(([key, quantity]) => [key, mapped(changes.get(key) ?? [0], (change) => quantity + change)]),
  );
  return loweredPacks(shop, { shopId, rows, changes, products }, expected);
};

/** Changes of several orders, or of one order over several readings, together. */
export const together = (all: readonly RowChanges[]): RowChanges => movesByRow(all.flatMap((changes) => [...changes]));
