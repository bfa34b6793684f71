import { restRecords, type RestRecord } from './recordings.js';
import type { RestWorld } from './rest-world.js';

/** Records that follow each other in one shop, by their places in the file. */
type Chapter = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly prepare?: (world: RestWorld) => void | Promise<void>;
};

/** Of the day of the recordings, in UTC. */
export const momentOf = (time: string): number => Date.parse(`2026-11-20T${time}Z`);

/** Three hundred products more, as the recorded shop had them from there on. */
const manyProducts = ({ shop, ids }: RestWorld): void => {
  for (let id = 26; id <= 325; id += 1) {
    const { id: ours } = shop.createProduct({ stock: 50 });
    ids.learn('post', id, ours);
  }
  shop.deleteProduct(ids.ours('post', 17) ?? 0);
  shop.setStock(ids.ours('post', 12) ?? 0, 98);
  shop.setStock(ids.ours('post', 16) ?? 0, 0);
};

const costing =
  (price: number, name: string) =>
  ({ shop, ids }: RestWorld): void => {
    const product = shop.product(ids.ours('post', 12) ?? 0);
    shop.context.products.set(product.id, { ...product, name, price });
  };

/** So many orders that nobody names, of a moment. */
const manyOrders = async ({ shop, ids }: RestWorld, count: number, modified: string): Promise<void> => {
  const lines = [{ product: ids.ours('post', 12) ?? 0, quantity: 1 }];
  for (let left = count; left > 0; left -= 1) {
    const order = await shop.createOrder({ lines });
    shop.context.orders.set(order.id, { ...order, modifiedAt: momentOf(modified) });
  }
};

/** The last orders of a list, one in the trash. */
const ordersOfEveryKind = async (world: RestWorld): Promise<void> => {
  const { shop, ids } = world;
  await manyOrders(world, 167, '23:02:00');
  const lines = [{ product: ids.ours('post', 12) ?? 0, quantity: 1 }];
  for (const status of ['on-hold', 'failed', 'checkout-draft']) await shop.createOrder({ lines, status });
  shop.trashOrder((await shop.createOrder({ lines })).id);
};

/** Berlin in November, and what was changed in its second. */
const anotherZone = async (world: RestWorld): Promise<void> => {
  const { shop, ids } = world;
  await manyOrders(world, 166, '23:02:33');
  await manyOrders(world, 1, '23:07:59');
  shop.context.products.set(ids.ours('post', 12) ?? 0, {
    ...shop.product(ids.ours('post', 12) ?? 0),
    modifiedAt: momentOf('23:07:59'),
  });
  shop.configure({ zoneMinutes: 60 });
};

export const chapters: readonly Chapter[] = [
  { name: 'who may ask', from: 0, to: 15 },
  { name: 'products, variations, batches', from: 16, to: 113 },
  { name: 'pages', from: 114, to: 124, prepare: manyProducts },
  { name: 'products by the time of their change', from: 125, to: 133 },
  { name: 'orders, refunds, lines, the trash', from: 136, to: 209, prepare: costing(11, 'P1x') },
  { name: 'lists of orders', from: 216, to: 221, prepare: ordersOfEveryKind },
  { name: 'another zone', from: 222, to: 229, prepare: anotherZone },
  { name: 'webhooks', from: 230, to: 245 },
  { name: 'without WooCommerce', from: 248, to: 248, prepare: ({ shop }) => shop.configure({ isActive: false }) },
  { name: 'stock in parts', from: 249, to: 252, prepare: ({ shop }) => shop.configure({ countsParts: true }) },
  { name: 'fields of a batch', from: 134, to: 135, prepare: costing(11, 'P1x') },
  { name: 'a customer', from: 253, to: 256 },
  { name: 'an order, then refunded in part, then cancelled', from: 258, to: 260, prepare: costing(11, 'P1') },
];

/** What is not played, and why. The tests print it. */
export const left: readonly { readonly from: number; readonly to?: number; readonly why: string }[] = [
  { from: 13, to: 14, why: 'OAuth over plain http, whose request was not written down' },
  { from: 210, to: 215, why: 'the Store API, which this server does not speak' },
  { from: 246, why: 'a delivery of the shop to somebody else, which this server does not make' },
  { from: 247, why: 'the page of a shop in maintenance, which its theme writes: the fault has status and header' },
  { from: 257, why: 'the Store API, which this server does not speak' },
];

/** Chapters with what of them is played. */
export const restChapters = () => {
  const isLeft = (index: number): boolean => left.some(({ from, to = from }) => index >= from && index <= to);
  const all: readonly RestRecord[] = restRecords();
  return chapters.map(({ name, from, to, prepare = () => undefined }) => ({
    ...{ name, prepare },
    records: all
      .map((record, index) => ({ record, index }))
      .filter(({ index }) => index >= from && index <= to && !isLeft(index)),
  }));
};
