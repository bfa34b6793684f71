import { restRecords, type RestRecord } from './recordings.js';
import type { RestWorld } from './rest-world.js';

/** Records that follow each other in one shop, by their places in the file. */
type Chapter = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly prepare?: (world: RestWorld) => void;
};

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

export const chapters: readonly Chapter[] = [
  { name: 'who may ask', from: 0, to: 15 },
  { name: 'products, variations, batches', from: 16, to: 113 },
  { name: 'pages', from: 114, to: 124, prepare: manyProducts },
  { name: 'orders, refunds, lines, the trash', from: 136, to: 209, prepare: costing(11, 'P1x') },
  { name: 'fields of a batch', from: 134, to: 135, prepare: costing(11, 'P1x') },
  { name: 'a customer', from: 253, to: 256 },
  { name: 'an order, then refunded in part, then cancelled', from: 258, to: 260, prepare: costing(11, 'P1') },
];

/** What is not played, and why. */
export const left: readonly { readonly from: number; readonly to?: number; readonly why: string }[] = [
  { from: 13, to: 14, why: 'OAuth over plain http, whose request was not written down' },
  { from: 125, to: 133, why: 'moments of acts between the requests, which were not written down' },
  { from: 210, to: 216, why: 'the Store API, which this server does not speak' },
  { from: 217, to: 221, why: 'orders of the Store API among others' },
  { from: 222, to: 229, why: 'a shop in another zone, and moments that were not written down' },
  { from: 230, to: 246, why: 'webhooks, which this server does not send' },
  { from: 247, to: 248, why: 'a shop in maintenance, and one without the plugin' },
  { from: 249, to: 252, why: 'a plugin that makes stock fractional' },
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
