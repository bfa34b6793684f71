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

/** Units of a row, as an order that the webservice makes. A total that the shop does not find right makes it a payment error. */
export const orderThrough = async (raw: Raw, row: RowKey, units: number): Promise<string> => {
  const [product, combination] = sellableOf(row);
  const template = await raw('GET', 'orders?display=full&sort=[id_DESC]&limit=1');
  const sold = element('id_product', product) + element('id_product_attribute', combination);
  const line = element('cart_row', sold + element('quantity', units));
  const lines = element('associations', element('cart_rows', line));
  const cart = await raw('POST', 'carts', element('cart', copyOf(template, copied) + lines));
  const price = Number(textIn(await raw('GET', `products/${product}?display=full`), 'price'));
  const total = (price * units).toFixed(6);
  const totals = ['total_paid', 'total_paid_real', 'total_products', 'total_products_wt'];
  const order = [
    element('id_cart', textIn(cart, 'id')),
    copyOf(template, [...copied, ...copiedOfPayment]),
    ...totals.map((name) => element(name, total)),
  ];
  return textIn(await raw('POST', 'orders', element('order', order.join(''))), 'id');
};

/** Into the state that the shop has configured as cancelled. */
export const cancelThrough = async (raw: Raw, order: string): Promise<void> => {
  const settings = await raw('GET', 'configurations?display=[value]&filter[name]=[PS_OS_CANCELED]');
  const change = element('id_order', order) + element('id_order_state', textIn(settings, 'value'));
  await raw('POST', 'order_histories', element('order_history', change));
};
