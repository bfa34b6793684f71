import { flag, number } from '../fields.js';
import { type Resource } from '../resource.js';

export type OrderState = {
  readonly id: number;
  /** Counts as a sale: it decides what the shop takes again out of cancelled, and whether it forgets a pack. */
  readonly logable: boolean;
  readonly shipped: boolean;
  readonly paid: boolean;
};

export const orderStates: Resource<OrderState> = {
  path: 'order_states',
  list: 'order_states',
  element: 'order_state',
  display: ['id', 'logable', 'shipped', 'paid'],
  read: (node) => ({
    id: number(node, 'id'),
    logable: flag(node, 'logable'),
    shipped: flag(node, 'shipped'),
    paid: flag(node, 'paid'),
  }),
};
