import { createHash } from 'node:crypto';
import type { Context } from './context.js';
import { decimal, payableOf, shippingOf, totalOf } from './prices.js';
import type { CartRow, OrderRow } from './rows.js';

export type Buyer = 'shopper' | 'back_office' | 'webservice';

export type NewOrder = {
  readonly cart: number;
  readonly state: number;
  readonly module?: string;
  readonly by?: Buyer;
  /** What was paid, where somebody says so; another sum than the cart's makes the order a payment error. */
  readonly paid?: string;
};

const noDate = '0000-00-00 00:00:00';

const digest = (text: string): Buffer => createHash('sha1').update(text).digest();

/** Nine letters, the same for a cart every time: orders of one cart share it, and it is no key. */
const referenceOf = (cart: CartRow): string =>
  [...digest(`reference ${cart.id} ${cart.date_add}`).subarray(0, 9)]
    .map((byte) => String.fromCharCode(65 + (byte % 26)))
    .join('');

/** An order as it is first written: without a state, which its history brings. */
export const newOrder = (context: Context, cart: CartRow, { module, paid }: NewOrder): Omit<OrderRow, 'id'> => {
  const total = totalOf(context, cart.lines);
  const payable = payableOf(context, cart.lines);
  const shipping = decimal(shippingOf(context));
  const now = context.clock.local();
  return {
    id_cart: cart.id,
    id_shop: cart.id_shop,
    id_shop_group: context.tables.shops.get(cart.id_shop)?.id_shop_group ?? 0,
    id_customer: cart.id_customer,
    id_address_delivery: cart.id_address_delivery,
    id_address_invoice: cart.id_address_delivery,
    current_state: 0,
    valid: 0,
    reference: referenceOf(cart),
    module: module ?? 'ps_wirepayment',
    payment: module ?? 'Bank wire',
    note: '',
    secure_key: digest(`key ${cart.id}`).toString('hex').slice(0, 32),
    invoice_number: 0,
    invoice_date: noDate,
    delivery_number: 0,
    delivery_date: noDate,
    date_add: now,
    date_upd: now,
    total_paid: payable,
    total_paid_tax_incl: payable,
    total_paid_tax_excl: payable,
    total_paid_real: paid ?? decimal(0),
    total_products: total,
    total_products_wt: total,
    total_shipping: shipping,
    total_shipping_tax_incl: shipping,
    total_shipping_tax_excl: shipping,
  };
};
