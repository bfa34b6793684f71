import { type HistoryRow } from '../../effects/index.js';
import { idOrNone, number, shopSeconds } from '../fields.js';
import { type Resource } from '../resource.js';

export type OrderHistory = HistoryRow & { readonly orderId: number; readonly employeeId: number };

export const orderHistories: Resource<OrderHistory> = {
  path: 'order_histories',
  list: 'order_histories',
  element: 'order_history',
  display: ['id', 'id_order', 'id_order_state', 'id_employee', 'date_add'],
  read: (node) => ({
    id: number(node, 'id'),
    orderId: number(node, 'id_order'),
    stateId: number(node, 'id_order_state'),
    employeeId: idOrNone(node, 'id_employee'),
    addedAtSeconds: shopSeconds(node, 'date_add'),
  }),
};
