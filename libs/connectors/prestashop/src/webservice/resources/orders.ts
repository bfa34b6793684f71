import { idOrNone, number, shopSeconds, text } from '../fields.js';
import { type Resource } from '../resource.js';

export type Order = {
  readonly id: number;
  /** The shop's code for the customer: with the id it tells a reused id from the same order. */
  readonly reference: string;
  readonly stateId: number;
  readonly shopId: number;
  readonly shopGroupId: number;
  readonly cartId: number;
  readonly addedAtSeconds: number;
  /** Moves with states and edits, not with refunds. */
  readonly updatedAtSeconds: number;
};

export const orders: Resource<Order> = {
  path: 'orders',
  list: 'orders',
  element: 'order',
  display: ['id', 'reference', 'current_state', 'id_shop', 'id_shop_group', 'id_cart', 'date_add', 'date_upd'],
  read: (node) => ({
    id: number(node, 'id'),
    reference: text(node, 'reference'),
    stateId: idOrNone(node, 'current_state'),
    shopId: number(node, 'id_shop'),
    shopGroupId: idOrNone(node, 'id_shop_group'),
    cartId: idOrNone(node, 'id_cart'),
    addedAtSeconds: shopSeconds(node, 'date_add'),
    updatedAtSeconds: shopSeconds(node, 'date_upd'),
  }),
};
