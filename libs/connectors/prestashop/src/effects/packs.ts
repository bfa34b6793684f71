import { type NumberSet } from '#channel-kit';
import { type Row, rowIn } from './rows.js';
import { movesOfPackLine, movesOfSimpleLine, type Transition } from './states.js';
import { type OrderLine, type OrderView, type Pack, type PackStockType, type ShopView } from './views.js';

/** A row that a line moves, and the units of it that stand for one unit of the line. */
export type Share = { readonly row: Row; readonly units: number };

/** The stock type of a pack as it works out in this shop. */
export const stockTypeOf = (shop: ShopView, pack: Pack): Exclude<PackStockType, 3> =>
  pack.stockType === 3 ? shop.packStockTypeDefault : pack.stockType;

const sharesOfPack = (shop: ShopView, shopId: number, own: Row, pack: Pack): readonly Share[] => {
  const type = stockTypeOf(shop, pack);
  const items = pack.items.map(({ productId, attributeId, unitsPerPack }): Share => ({
    row: rowIn(shop, shopId, productId, attributeId),
    units: unitsPerPack,
  }));
  return [...(type === 1 ? [] : [{ row: own, units: 1 }]), ...(type === 0 ? [] : items)];
};

/** The rows that a line takes from. */
export const sharesOf = (shop: ShopView, shopId: number, line: OrderLine): readonly Share[] => {
  const own = rowIn(shop, shopId, line.productId, line.attributeId);
  const pack = shop.packs.get(line.productId);
  return pack === undefined ? [{ row: own, units: 1 }] : sharesOfPack(shop, shopId, own, pack);
};

/** Own rows of the packs of an order that move what is in them alone: nothing that moves tells of these. */
export const rowsSoldByParts = (shop: ShopView, { shopId, lines }: OrderView): readonly Row[] =>
  lines.flatMap(({ productId, attributeId }) => {
    const pack = shop.packs.get(productId);
    return pack && stockTypeOf(shop, pack) === 1 ? [rowIn(shop, shopId, productId, attributeId)] : [];
  });

/** How often a transition moves the whole quantity of this line. */
export const movesOf = (shop: ShopView, line: OrderLine, transition: Transition): NumberSet =>
  shop.packs.has(line.productId) ? movesOfPackLine(shop, transition) : movesOfSimpleLine(shop, transition);
