import { idOrNone, number } from '../fields.js';
import { type Resource } from '../resource.js';
import { textOf, type XmlNode } from '../xml.js';

/** A row of stock with all of its nine fields: a PUT that leaves one out empties it. */
export type StockAvailable = {
  readonly id: number;
  readonly productId: number;
  /** 0 for a simple product, and for the row that holds the sum of a product's combinations. */
  readonly attributeId: number;
  /** 0 in a group that shares its stock, which then stands in `shopGroupId`. */
  readonly shopId: number;
  readonly shopGroupId: number;
  readonly quantity: number;
  readonly dependsOnStock: number;
  /** 0 refuses orders beyond the quantity, 1 takes them, 2 as the shop is configured. */
  readonly outOfStock: number;
  readonly location: string;
};

const read = (node: XmlNode): StockAvailable => ({
  id: number(node, 'id'),
  productId: number(node, 'id_product'),
  attributeId: idOrNone(node, 'id_product_attribute'),
  shopId: idOrNone(node, 'id_shop'),
  shopGroupId: idOrNone(node, 'id_shop_group'),
  quantity: number(node, 'quantity'),
  dependsOnStock: idOrNone(node, 'depends_on_stock'),
  outOfStock: number(node, 'out_of_stock'),
  // The field came with 1.7.5.
  location: textOf(node, 'location') ?? '',
});

export const stockAvailables: Resource<StockAvailable> = {
  path: 'stock_availables',
  list: 'stock_availables',
  element: 'stock_available',
  display: 'full',
  read,
};
