import { int, text, constants } from './fields.js';
import { tableResource } from './table-resource.js';

/** Since 9. A customer's wish to send back: it moves no stock. */
export const orderReturns = tableResource(
  {
    name: 'order_returns',
    one: 'order_return',
    many: 'order_returns',
    description: 'The Order returns',
    fields: [
      int('id_customer', { link: 'customers' }),
      int('id_order', { link: 'orders' }),
      int('state'),
      ...constants(['question'], ''),
      text('date_add'),
      text('date_upd'),
    ],
  },
  (tables) => tables.returns,
);
