import { type OrderLine } from '../../effects/index.js';
import { idOrNone, number, text } from '../fields.js';
import { type Resource } from '../resource.js';

export type OrderDetail = OrderLine & {
  readonly orderId: number;
  readonly shopId: number;
  /** SKU as the shop had it when it sold. */
  readonly reference: string;
  /** Units refunded before shipping. */
  readonly refunded: number;
  /** Units that came back after it. */
  readonly returned: number;
};

export const orderDetails: Resource<OrderDetail> = {
  path: 'order_details',
  list: 'order_details',
  element: 'order_detail',
  display: [
    ...['id', 'id_order', 'id_shop', 'product_id', 'product_attribute_id', 'product_reference', 'product_quantity'],
    ...['product_quantity_refunded', 'product_quantity_return', 'product_quantity_reinjected'],
  ],
  read: (node) => ({
    id: number(node, 'id'),
    orderId: number(node, 'id_order'),
    shopId: number(node, 'id_shop'),
    productId: number(node, 'product_id'),
    attributeId: idOrNone(node, 'product_attribute_id'),
    reference: text(node, 'product_reference'),
    quantity: number(node, 'product_quantity'),
    refunded: number(node, 'product_quantity_refunded'),
    returned: number(node, 'product_quantity_return'),
    reinjected: number(node, 'product_quantity_reinjected'),
  }),
};
