import type { Context } from '../context.js';
import { insertLine } from '../orders.js';
import type { OrderRow } from '../rows.js';

const noDate = '0000-00-00 00:00:00';

/** Of the five orders of the installation, the first is as recorded. The rest of the others was not looked at. */
const orders = [
  { reference: 'XKBKNABJK', state: 6 },
  { reference: 'OHSATSERP', state: 1 },
  { reference: 'UOYEVOLIA', state: 8 },
  { reference: 'FFATNOMMJ', state: 1 },
  { reference: 'KHWLILZLL', state: 10 },
];

export const seedDemoOrders = (context: Context): void => {
  const now = context.clock.local();
  orders.forEach(({ reference, state }) => insertOrder(context, { reference, state, now }));
  orders.forEach((_, index) => insertHistory(context, index + 1, index === 4 ? 10 : 1, 0));
  insertHistory(context, 1, 6, 1);
  insertHistory(context, 3, 8, 1);
};

const insertHistory = (context: Context, order: number, state: number, employee: number): void =>
  void context.tables.histories.insert({
    id_employee: employee,
    id_order_state: state,
    id_order: order,
    date_add: context.clock.local(),
  });

const insertOrder = (
  context: Context,
  { reference, state, now }: { readonly reference: string; readonly state: number; readonly now: string },
): void => {
  const lines = [
    { id_product: 1, id_product_attribute: 1, quantity: 1 },
    { id_product: 2, id_product_attribute: 9, quantity: 1 },
  ];
  const cart = context.tables.carts.insert({
    id_shop: 1,
    id_customer: 2,
    id_address_delivery: 5,
    lines,
    date_add: now,
    date_upd: now,
  });
  const order = context.tables.orders.insert({
    ...amounts,
    ...people,
    id_cart: cart.id,
    current_state: state,
    reference,
    date_add: now,
    date_upd: now,
  });
  lines.forEach((line) => insertDemoLine(context, order, line));
};

const insertDemoLine = (context: Context, order: OrderRow, line: Parameters<typeof insertLine>[2]): void => {
  insertLine(context, order, line, 1);
  const inserted = context.tables.details.where(order.id).at(-1);
  if (inserted === undefined) return;
  context.tables.details.put({
    ...inserted,
    product_name: `${inserted.product_name} - Color : White, Size : S`,
    original_wholesale_price: '5.490000',
  });
};

const people = {
  id_shop: 1,
  id_shop_group: 1,
  id_customer: 2,
  id_address_delivery: 5,
  id_address_invoice: 5,
  valid: 0,
  module: 'ps_checkpayment',
  payment: 'Payment by check',
  note: 'Test',
  secure_key: 'b44a6d9efd7a0076a0fbce6b15eaf3b1',
  invoice_number: 0,
  invoice_date: noDate,
  delivery_number: 0,
  delivery_date: noDate,
};

const amounts = {
  total_paid: '61.800000',
  total_paid_tax_incl: '68.200000',
  total_paid_tax_excl: '66.800000',
  total_paid_real: '0.000000',
  total_products: '59.800000',
  total_products_wt: '59.800000',
  total_shipping: '7.000000',
  total_shipping_tax_incl: '8.400000',
  total_shipping_tax_excl: '7.000000',
};
