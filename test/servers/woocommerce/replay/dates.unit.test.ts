import { describe, expect, it } from 'vitest';
import { handle } from '../rest/handle.js';
import { cases, type Dated } from './recordings.js';
import { openRestWorld } from './rest-world.js';

const world = openRestWorld();
const { shop, rest } = world;
const [simple, own, parent, inherits] = [12, 21, 20, 22];

const ask = async (method: string, path: string, body: object): Promise<void> => {
  const authorization = `Basic ${Buffer.from('ck_read_write:cs').toString('base64')}`;
  const headers = { 'content-type': 'application/json', authorization };
  const request = { method, path: path.split('/'), query: new Map<string, string>(), headers };
  const { status } = await handle({ ...request, body: JSON.stringify(body), isSecure: true }, rest);
  expect(status).toBeLessThan(300);
};

const put = (body: object) => () => ask('PUT', `products/${simple}`, body);
const order = (product: number, variation: number, quantity: number) => () =>
  ask('POST', 'orders', {
    status: 'processing',
    line_items: [{ product_id: product, variation_id: variation, quantity }],
  });
const checkout = async (): Promise<void> => {
  await shop.buy({ checkout: 'block', gateway: 'bacs', lines: [{ product: simple, quantity: 1 }] });
};

/** What the recordings' words do here. */
const acts: Readonly<Record<string, () => unknown>> = {
  'REST PUT new stock': put({ stock_quantity: 60 }),
  'REST PUT same stock': put({ stock_quantity: 60 }),
  'REST PUT unchanged {}': put({}),
  'REST batch new stock': () => ask('POST', 'products/batch', { update: [{ id: simple, stock_quantity: 61 }] }),
  'REST PUT 61->0 (status flips)': put({ stock_quantity: 0 }),
  'REST PUT 0->60 (status flips)': put({ stock_quantity: 60 }),
  'REST PUT name': put({ name: 'P1x' }),
  'REST PUT price': put({ regular_price: '11' }),
  'REST PUT backorders': put({ backorders: 'no' }),
  'wc_update_product_stock decrease (php)': () => shop.setStock(simple, 59),
  'wc_update_product_stock set (php)': () => shop.setStock(simple, 40),
  'order by REST processing (qty 3)': order(simple, 0, 3),
  'block checkout bacs': checkout,
  'update_post_meta _stock (php)': () => shop.writeBehind(simple, 33),
  'block checkout to zero (status flips)': checkout,
  'variation PUT (own)': () => ask('PUT', `products/${parent}/variations/${own}`, { stock_quantity: 31 }),
  'variations batch': () =>
    ask('POST', `products/${parent}/variations/batch`, { update: [{ id: own, stock_quantity: 32 }] }),
  'variation PUT -> 0 (status flips)': () => ask('PUT', `products/${parent}/variations/${own}`, { stock_quantity: 0 }),
  'order of variation own stock': order(parent, own, 3),
  'order of variation parent stock': order(parent, inherits, 3),
  'parent PUT stock (parent-managed variation b)': () => ask('PUT', `products/${parent}`, { stock_quantity: 44 }),
};

/** Of a variation its own row and its parent's. Whose row shows another's figure has it hidden. */
const rowsOf = ([words, dates]: Dated): readonly number[] => {
  if (dates.length === 1) return [simple];
  return words.includes('parent') ? [inherits, parent] : [own, parent];
};

/** The figures before an act, where the shop was changed since the one before it. */
const begin = (rows: readonly number[], before: readonly number[]): void =>
  rows.forEach((row, index) => {
    if (shop.product(row).stock !== before[index]) shop.setStock(row, before[index] ?? 0);
  });

describe('dates of products, as recorded', () => {
  it.each(cases().dates)('%s', async (...dated) => {
    const [words, dates, before, after] = dated;
    const rows = rowsOf(dated);
    begin(rows, before);
    const datesBefore = rows.map((row) => shop.product(row).modifiedAt);
    await acts[words]?.();
    const moved = rows.map((row, index) => (shop.product(row).modifiedAt === datesBefore[index] ? 'same' : 'moved'));
    expect([moved, rows.map((row) => shop.product(row).stock)]).toEqual([dates, after]);
  });
});
