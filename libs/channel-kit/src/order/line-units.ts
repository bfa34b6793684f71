import type { SoldIds } from '../port/order-snapshot.js';

/** Units of one line, as a refund, a slip or a parcel names them. */
export type LineUnits = { readonly lineId: number; readonly quantity: number };

/** Units of one line in all of these. */
export const unitsOfLine = (parts: readonly LineUnits[], lineId: number): number =>
  parts.reduce((units, part) => (part.lineId === lineId ? units + part.quantity : units), 0);

/** A product, and one of its variants; 0: it has none. Listings and lines of orders name it alike. */
export const soldIds = (productId: number, variantId: number): SoldIds => ({
  product: String(productId),
  ...(variantId !== 0 && { variant: String(variantId) }),
});

/** What was ordered of a line, and what became of it. `hasLeft`: the goods of its order. */
export type Counted = { readonly ordered: number; readonly cancelled: number; readonly hasLeft: boolean };

/**
 * Counts of a line in a shop that knows no parcels: of an order that has left the whole line has, but for what was cancelled
 * before. Nobody there keeps a refund from naming more units than were sold.
 */
export const lineCounts = ({ ordered, cancelled, hasLeft }: Counted) => {
  const sold = Math.max(0, ordered);
  const early = Math.min(sold, cancelled);
  return { ordered: sold, cancelled: early, shipped: hasLeft ? sold - early : 0 };
};
