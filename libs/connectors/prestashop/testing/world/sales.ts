import { type RowKey } from '#channel-kit';
import { type Raw, textIn } from './raw.js';

const element = (name: string, value: string | number): string => `<${name}>${value}</${name}>`;

/** What an order needs beside its cart is taken from the newest one: addresses, customer, carrier, way of payment. */
const copied = ['id_address_delivery', 'id_address_invoice', 'id_currency', 'id_lang', 'id_customer', 'id_carrier'];
const copiedOfPayment = ['module', 'payment', 'conversion_rate'];

const copyOf = (template: string, names: readonly string[]): string =>
  names.map((name) => element(name, textIn(template, name))).join('');

const sellableOf = (row: RowKey): readonly [product: string, combination: string] => {
  const [, product, combination] = /^(\d+)-(\d+)@/u.exec(row) ?? [];
  if (product === undefined || combination === undefined) throw new Error(`${row} is no row`);
  return [product, combination];
};

type Sale = { readonly raw: Raw; readonly row: RowKey; readonly units: number; readonly template: string };

const cartOf = async ({ raw, row, units, template }: Sale): Promise<string> => {
  const [product, combination] = sellableOf(row);
  const sold = element('id_product', product) + element('id_product_attribute', combination);
  const lines = element('cart_rows', element('cart_row', sold + element('quantity', units)));
  return textIn(
    await raw('POST', 'carts', element('cart', copyOf(template, copied) + element('associations', lines))),
    'id',
  );
};

/** A new cart as an order for which this sum is said to be paid. Answers the order as the shop shows it. */
const orderPaid = async (sale: Sale, total: string): Promise<string> => {
  const { raw, template } = sale;
  const totals = ['total_paid', 'total_paid_real', 'total_products', 'total_products_wt'];
  const order = [
    element('id_cart', await cartOf(sale)),
    copyOf(template, [...copied, ...copiedOfPayment]),
    ...totals.map((name) => element(name, total)),
  ];
  const id = textIn(await raw('POST', 'orders', element('order', order.join(''))), 'id');
  return raw('GET', `orders/${id}`);
};

/**
 * Units of a row, as an order that the webservice makes. A sum that the shop does not find right makes it a payment error, which takes
 * nothing, and what is right (shipping, tax) stands nowhere before: such an order shows it, is cancelled, and made anew.
 */
export const orderThrough = async (raw: Raw, row: RowKey, units: number): Promise<string> => {
  const template = await raw('GET', 'orders?display=full&sort=[id_DESC]&limit=1');
  const sale: Sale = { raw, row, units, template };
  const price = Number(textIn(await raw('GET', `products/${sellableOf(row)[0]}?display=full`), 'price'));
  const guess = (price * units).toFixed(6);
  const first = await orderPaid(sale, guess);
  const right = textIn(first, 'total_paid');
  if (Number(right) === Number(guess)) return textIn(first, 'id');
  await cancelThrough(raw, textIn(first, 'id'));
  const order = await orderPaid(sale, right);
  if (Number(textIn(order, 'total_paid')) !== Number(right)) throw new Error('the shop asks another sum each time');
  return textIn(order, 'id');
};

/** Into the state that the shop has configured as cancelled. */
export const cancelThrough = async (raw: Raw, order: string): Promise<void> => {
  const settings = await raw('GET', 'configurations?display=[value]&filter[name]=[PS_OS_CANCELED]');
  const change = element('id_order', order) + element('id_order_state', textIn(settings, 'value'));
  await raw('POST', 'order_histories', element('order_history', change));
};
