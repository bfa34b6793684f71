import type { RestRecord } from './recordings.js';
import { momentOf } from './rest-chapters.js';
import type { RestWorld } from './rest-world.js';

/** What had become of products, by when, before some records. */
const changesBefore: Readonly<Record<string, readonly (readonly [id: number, change: Changed])[]>> = {
  'product.list.modified_after.gmt': [[12, { stock: 71, at: '23:02:36' }]],
  'product.list.modified_after.after-order-decrement': [[12, { stock: 68, at: '23:02:38' }]],
  'product.list.modified_after.after-variation-put': [
    [20, { stock: 44, at: '23:02:38' }],
    [21, { stock: 19, at: '23:02:38' }],
  ],
};

type Changed = { readonly stock: number; readonly at: string };

const changeProduct = ({ context, product }: RestWorld['shop'], id: number, { stock, at }: Changed): void =>
  void context.products.set(id, { ...product(id), stock, modifiedAt: momentOf(at) });

const ofOrder = /\/orders\/(?<id>\d+)/u;
const statuses = ['pending', 'on-hold', 'processing', 'completed', 'cancelled', 'failed', 'refunded'];

/** Orders of three that the shop's own code made between the recorded requests, in the status that a record's name says. */
export const givenFor = async ({ name, request }: RestRecord, { shop, ids }: RestWorld): Promise<void> => {
  if (name === 'variation.put.by-products-path') shop.setStock(ids.ours('post', 20) ?? 0, 40);
  for (const [id, change] of changesBefore[name] ?? []) changeProduct(shop, ids.ours('post', id) ?? 0, change);
  const recorded = Number(ofOrder.exec(request.path)?.groups?.['id']);
  if (Number.isNaN(recorded)) return;
  const product = ids.ours('post', 12) ?? 0;
  const known = ids.ours('post', recorded);
  if (known === undefined) {
    const status = statuses.find((one) => name.endsWith(one)) ?? 'processing';
    const order = await shop.createOrder({
      lines: [{ product, quantity: 3 }],
      status,
      paymentMethod: 'bacs',
      billing,
    });
    ids.learn('post', recorded, order.id);
    learnLine(request.body, order.lines[0]?.id ?? 0, ids);
    return;
  }
  if (name.startsWith('order.delete')) shop.untrashOrder(known);
  if (name === 'order.get.part-refunded') await refundOne(shop, known);
  if (name === 'order.get.cancelled') await shop.updateOrder(known, { status: 'cancelled' });
  if (name.startsWith('order.line.qty0')) {
    const line = shop.order(known)?.lines[0]?.id ?? 0;
    await shop.updateOrder(known, { lines: [{ id: line, quantity: 1 }] });
    await shop.updateOrder(known, { lines: [{ product, quantity: 2 }] });
  }
};

const refundOne = (shop: RestWorld['shop'], order: number) =>
  shop.refund(order, { amount: 11, lines: [{ line: shop.order(order)?.lines[0]?.id ?? 0, quantity: 1, total: 11 }] });

const billing = {
  ...{ first_name: 'A', last_name: 'B', company: '', address_1: 'Str 1', address_2: '', city: 'Berlin' },
  ...{ state: 'DE-BE', postcode: '10115', country: 'DE', email: 'a@example.test', phone: '0301234567' },
};

const learnLine = (body: unknown, ours: number, ids: RestWorld['ids']): void => {
  const lines = (body as { readonly line_items?: readonly { readonly id?: number }[] } | null)?.line_items;
  const recorded = lines?.[0]?.id;
  if (recorded !== undefined) ids.learn('line', recorded, ours);
};
