import { type ShopView } from './views.js';

/** What makes a row of `stock_availables` that row. In a sharing group it has shop 0 and the group, elsewhere the shop and group 0. */
export type Row = {
  readonly productId: number;
  readonly attributeId: number;
  readonly shopId: number;
  readonly shopGroupId: number;
};

export type RowKey = `${number}-${number}@s${number}g${number}`;

export const keyOf = ({ productId, attributeId, shopId, shopGroupId }: Row): RowKey =>
  `${productId}-${attributeId}@s${shopId}g${shopGroupId}`;

/** The row from which an order in this shop takes this product. */
export const rowIn = (shop: ShopView, shopId: number, productId: number, attributeId: number): Row => {
  const group = shop.sharingGroups.get(shopId);
  return group === undefined
    ? { productId, attributeId, shopId, shopGroupId: 0 }
    : { productId, attributeId, shopId: 0, shopGroupId: group };
};

/**
 * The row that holds the sum of a product's combinations, for the row of one of them. The shop derives it with every
 * change of theirs: it is never listed and never written, and the changes told here leave it out.
 */
export const parentOf = (row: Row): Row | undefined => (row.attributeId === 0 ? undefined : { ...row, attributeId: 0 });
