import type { Context } from '../context.js';
import { insertRow } from './catalogue.js';

/**
 * The shop that the recordings were made on, as far as they show it: 19 products, whose rows have the ids of their
 * products, and after them the rows of the combinations of products 1 and 2. Five orders of the installation.
 */
export const seedDemo = (context: Context): void => {
  const ids = Array.from({ length: 19 }, (_, index) => index + 1);
  ids.forEach((id) => insertDemoProduct(context, id));
  ids.forEach((id) =>
    insertRow(context, { id_product: id, id_product_attribute: 0, ...inFirstShop, quantity: demoQuantity(id) }),
  );
  combinationsOf.forEach(({ product, count, reference }) => {
    for (let index = 0; index < count; index += 1) insertDemoCombination(context, product, reference);
  });
};

const perRow = 300;
const inFirstShop = { id_shop: 1, out_of_stock: 2 };
const combinationsOf = [
  { product: 1, count: 8, reference: 'demo_1' },
  { product: 2, count: 7, reference: 'demo_3' },
];

const named: Readonly<Record<number, { readonly reference: string; readonly name: string; readonly price: string }>> = {
  1: { reference: 'demo_1', name: 'Hummingbird printed t-shirt', price: '23.900000' },
  2: { reference: 'demo_3', name: 'Hummingbird printed sweater', price: '35.900000' },
  6: { reference: 'demo_11', name: 'Mug The best is yet to come', price: '11.900000' },
};

const demoQuantity = (product: number): number =>
  perRow * (combinationsOf.find((known) => known.product === product)?.count ?? 1);

const insertDemoProduct = (context: Context, id: number): void => {
  const now = context.clock.local();
  const about = named[id] ?? { reference: `demo_${id + 5}`, name: `Product ${id}`, price: '12.900000' };
  const rest = { ean13: '', active: 1, is_virtual: id === 12 ? 1 : 0, pack_stock_type: 3, minimal_quantity: 1 };
  context.tables.products.put({ id, ...about, ...rest, date_add: now, date_upd: now });
};

const insertDemoCombination = (context: Context, product: number, reference: string): void => {
  const { id } = context.tables.combinations.insert({
    id_product: product,
    reference,
    ean13: '',
    minimal_quantity: 1,
  });
  insertRow(context, { id_product: product, id_product_attribute: id, ...inFirstShop, quantity: perRow });
};
