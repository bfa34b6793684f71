import type { Context } from '../shop/context.js';
import { totalOf } from '../shop/totals.js';
import type { Line, Order, Refund } from '../shop/rows.js';
import { dates } from './dates.js';
import type { Json } from './types.js';

const targetHints = { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] };
const money = (amount: number): string => amount.toFixed(2);
const noAddress = { first_name: '', last_name: '', company: '', address_1: '', address_2: '', city: '', state: '' };
const address: Json = { ...noAddress, postcode: '', country: '' };

/** Ids of metas are those of the line, and how many it has. */
const metaOf = (line: number, index: number, key: string, value: string): Json => ({
  ...{ id: line * 10 + index, key, value, display_key: key, display_value: value },
});

const metasOf = ({ id, reduced, restocked }: Line): readonly Json[] =>
  [['_reduced_stock', reduced] as const, ['_restock_refunded_items', restocked] as const].flatMap(
    ([key, value], index) => (value === undefined ? [] : [metaOf(id, index, key, String(value))]),
  );

const renderLine = (context: Context, line: Line): Json => {
  const product = context.products.get(line.variation === 0 ? line.product : line.variation);
  return {
    ...{ id: line.id, name: product?.name ?? '', product_id: line.product, variation_id: line.variation },
    ...{ quantity: line.quantity, tax_class: '', subtotal: money(line.total), subtotal_tax: '0.00' },
    ...{ total: money(line.total), total_tax: '0.00', taxes: [], meta_data: metasOf(line), sku: product?.sku ?? '' },
    ...{
      global_unique_id: '',
      price: line.total === 0 ? 0 : line.total / line.quantity,
      image: { id: '', src: '' },
      parent_name: null,
    },
  };
};

const orderMetasOf = ({ id, meta }: Order): readonly Json[] =>
  Object.entries(meta).map(([key, value], index) => ({ id: id * 10 + index, key, value }));

const unpaid: ReadonlySet<string> = new Set(['pending', 'failed', 'checkout-draft']);
const editable: ReadonlySet<string> = new Set(['pending', 'on-hold', 'auto-draft']);

/** An order as REST v3 shows it. */
export const renderOrder = (context: Context, order: Order, base: string): Json => {
  const total = totalOf(order);
  const self = `${base}/wp-json/wc/v3/orders/${order.id}`;
  return {
    ...{
      id: order.id,
      parent_id: 0,
      status: order.status,
      currency: 'EUR',
      version: '10.5.2',
      prices_include_tax: false,
    },
    ...{ ...dates('date_created', order.createdAt), ...dates('date_modified', order.modifiedAt) },
    ...{ discount_total: '0.00', discount_tax: '0.00', shipping_total: '0.00', shipping_tax: '0.00', cart_tax: '0.00' },
    ...{ total: money(total), total_tax: '0.00', customer_id: 0, order_key: order.key },
    ...{ billing: order.billing ?? { ...address, email: '', phone: '' }, shipping: { ...address, phone: '' } },
    ...{ payment_method: order.paymentMethod, payment_method_title: '', transaction_id: '', customer_ip_address: '' },
    ...{ customer_user_agent: '', created_via: order.createdVia, customer_note: '', cart_hash: '' },
    ...{ ...dates('date_completed', order.completedAt), ...dates('date_paid', order.paidAt) },
    ...{
      number: String(order.id),
      meta_data: orderMetasOf(order),
      line_items: order.lines.map((line) => renderLine(context, line)),
    },
    ...{ tax_lines: [], shipping_lines: [], fee_lines: [], coupon_lines: [], refunds: order.refunds.map(summaryOf) },
    payment_url: `${base}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.key}`,
    ...{ is_editable: editable.has(order.status), needs_payment: unpaid.has(order.status) && total > 0 },
    ...{ needs_processing: order.lines.length > 0, currency_symbol: '€' },
    _links: {
      self: [{ href: self, targetHints }],
      collection: [{ href: `${base}/wp-json/wc/v3/orders` }],
      email_templates: [{ embeddable: true, href: `${self}/actions/email_templates` }],
    },
  };
};

const summaryOf = ({ id, amount, reason }: Refund): Json => ({ id, reason, total: `-${money(amount)}` });

/** A refund with its lines, whose units and amounts are below nothing. */
export const renderRefund = (context: Context, order: Order, refund: Refund, base: string): Json => {
  const all = `${base}/wp-json/wc/v3/orders/${order.id}/refunds`;
  const type = refund.isFull ? 'full' : 'partial';
  return {
    ...{
      id: refund.id,
      ...dates('date_created', refund.createdAt),
      amount: money(refund.amount),
      reason: refund.reason,
    },
    ...{ refunded_by: 1, refunded_payment: false },
    meta_data: [{ id: refund.id * 10, key: '_refund_type', value: type }],
    line_items: refund.lines.map((line) => renderRefundLine(context, order, line)),
    ...{ shipping_lines: [], tax_lines: [], fee_lines: [] },
    _links: {
      self: [{ href: `${all}/${refund.id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
      collection: [{ href: all }],
      up: [{ href: `${base}/wp-json/wc/v3/orders/${order.id}` }],
    },
  };
};

const renderRefundLine = (context: Context, order: Order, refunded: Refund['lines'][number]): Json => {
  const line = order.lines.find(({ id }) => id === refunded.line);
  const amount = money(-refunded.total);
  return {
    ...(line !== undefined && renderLine(context, line)),
    ...{ id: refunded.id, quantity: -refunded.quantity, subtotal: amount, total: amount },
    price: refunded.total / refunded.quantity,
    meta_data: [metaOf(refunded.id, 0, '_refunded_item_id', String(refunded.line))],
  };
};
