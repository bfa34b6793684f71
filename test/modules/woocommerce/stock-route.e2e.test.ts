import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, startShop, type Shop } from './shop/shop.js';
import { enter, offer, shopperOf, stockOf } from './shop/shopper.js';

const trials = 20;

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
  await shop.sql(
    `INSERT INTO wp_woocommerce_api_keys VALUES ('ck_w', 'cs', 'read_write', 'shop_manager'), ('ck_r', 'cs', 'read', 'shop_manager'), ('ck_c', 'cs', 'read_write', 'customer')`,
  );
});
afterAll(() => shop.stop());

type Row = { readonly id: number; readonly expected: unknown; readonly quantity: unknown };

const post = async (body: unknown, key = 'ck_w:cs') => {
  const authorization = `Basic ${Buffer.from(key).toString('base64')}`;
  const response = await fetch(`${shop.next()}/wp-json/wc-stockledger/v1/stock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== '' && { authorization }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const set = async (...rows: readonly Row[]): Promise<unknown> => (await post({ rows })).body;

let product = 0;
const stocked = async (quantity: number): Promise<number> => {
  product += 1;
  await offer(shop, product, { sku: `R${product}`, quantity });
  return product;
};

describe('a figure', () => {
  it('is written where it is what was expected, and everything that goes by it follows', async () => {
    const id = await stocked(5);
    expect(await set({ id, expected: 5, quantity: 0 })).toEqual({ rows: [{ id, result: 'written', quantity: 0 }] });
    expect(await stockOf(shop, id)).toBe(0);
    const lookup = await shop.sql(
      `SELECT stock_quantity, stock_status FROM wp_wc_product_meta_lookup WHERE product_id = ${id}`,
    );
    expect(lookup).toEqual([{ stock_quantity: '0', stock_status: 'outofstock' }]);
  });

  it('is left alone where it is another, and told', async () => {
    const id = await stocked(4);
    expect(await set({ id, expected: 5, quantity: 9 })).toEqual({ rows: [{ id, result: 'conflict', quantity: 4 }] });
    expect(await stockOf(shop, id)).toBe(4);
  });

  it('that is there already is written, and one that only looks so is not', async () => {
    const [same, fraction, nothing] = [await stocked(5), await stocked(5), await stocked(0)];
    await shop.sql(
      `UPDATE wp_postmeta SET meta_value = '5.500000' WHERE meta_key = '_stock' AND post_id = ${fraction}`,
      `UPDATE wp_postmeta SET meta_value = '' WHERE meta_key = '_stock' AND post_id = ${nothing}`,
    );
    expect(
      await set(
        { id: same, expected: 5, quantity: 5 },
        { id: fraction, expected: 5, quantity: 7 },
        { id: nothing, expected: 0, quantity: 7 },
      ),
    ).toEqual({
      rows: [
        { id: same, result: 'written', quantity: 5 },
        { id: fraction, result: 'conflict', quantity: 5 },
        { id: nothing, result: 'conflict', quantity: null },
      ],
    });
  });

  it('is found as the shop writes it', async () => {
    const id = await stocked(5);
    await shop.sql(`UPDATE wp_postmeta SET meta_value = '5.000000' WHERE meta_key = '_stock' AND post_id = ${id}`);
    expect(await set({ id, expected: 5, quantity: -2 })).toEqual({ rows: [{ id, result: 'written', quantity: -2 }] });
  });

  it('is not set where the shop counts none', async () => {
    const parent = await stocked(9);
    await offer(shop, 900, { sku: 'V', quantity: 1, parent, managed: false });
    await offer(shop, 901, { sku: 'W', quantity: 1, managed: false });
    const rows = [900, 901, 999].map((id) => ({ id, expected: 1, quantity: 2 }));
    expect(await set(...rows)).toEqual({
      rows: [
        { id: 900, result: 'unfit', reason: 'managed_by_parent' },
        { id: 901, result: 'unfit', reason: 'not_managed' },
        { id: 999, result: 'unfit', reason: 'not_found' },
      ],
    });
  });

  it('of a variation with stock of its own is set', async () => {
    await offer(shop, 910, { sku: 'X', quantity: 1, parent: await stocked(9) });
    expect(await set({ id: 910, expected: 1, quantity: 3 })).toEqual({
      rows: [{ id: 910, result: 'written', quantity: 3 }],
    });
  });

  it('that the ledger sets is no news to it', async () => {
    await shop.sql('DELETE FROM wp_stockledger_outbox');
    await set({ id: await stocked(5), expected: 5, quantity: 6 });
    expect(await shop.sql('SELECT kind FROM wp_stockledger_outbox')).toEqual([]);
  });
});

describe('a sale at the same time', () => {
  const sellOne = async (id: number) =>
    shopperOf(shop, await enter(shop, [{ product: id, quantity: 1 }])).order('classic');

  it('is never lost: the figure is written before it, or not at all', async () => {
    for (let trial = 0; trial < trials; trial += 1) {
      const id = await stocked(9);
      const sale = sellOne(id);
      const answer = await set({ id, expected: 9, quantity: 109 });
      await sale;
      const isWritten = JSON.stringify(answer).includes('written');
      expect(await stockOf(shop, id)).toBe(isWritten ? 108 : 8);
    }
  });

  it('that came between the reading and the writing is told', async () => {
    const id = await stocked(9);
    await sellOne(id);
    expect(await set({ id, expected: 9, quantity: 14 })).toEqual({ rows: [{ id, result: 'conflict', quantity: 8 }] });
  });

  it('control: a figure that is written whatever was there sells the unit again', async () => {
    const id = await stocked(9);
    await sellOne(id);
    await shop.sql(`UPDATE wp_postmeta SET meta_value = '9' WHERE meta_key = '_stock' AND post_id = ${id}`);
    expect(await stockOf(shop, id)).toBe(9);
  });

  it('two writers at once: one writes, the other is told', async () => {
    for (let trial = 0; trial < trials; trial += 1) {
      const id = await stocked(9);
      const answers = await Promise.all([20, 30].map((quantity) => set({ id, expected: 9, quantity })));
      const results = answers.map((answer) => (answer as { rows: { result: string }[] }).rows[0]?.result);
      expect(results.toSorted()).toEqual(['conflict', 'written']);
    }
  });
});

describe('who may', () => {
  it.each([
    ['a key that may write, of somebody who edits products', 'ck_w:cs', 200],
    ['nobody', '', 403],
    ['an unknown key', 'ck_x:cs', 403],
    ['a wrong secret', 'ck_w:no', 401],
    ['a key that may only read', 'ck_r:cs', 401],
    ['a key of a customer', 'ck_c:cs', 403],
  ])('%s', async (_, key, status) => {
    const id = await stocked(5);
    expect((await post({ rows: [{ id, expected: 5, quantity: 6 }] }, key)).status).toBe(status);
    expect(await stockOf(shop, id)).toBe(status === 200 ? 6 : 5);
  });
});

describe('what is no request', () => {
  const row = { id: 1, expected: 1, quantity: 1 };
  it.each<[string, unknown]>([
    ['no rows', {}],
    ['none', { rows: [] }],
    ['more than 100', { rows: Array.from({ length: 101 }, () => row) }],
    ['a text', { rows: [{ ...row, quantity: '7' }] }],
    ['a fraction', { rows: [{ ...row, expected: 1.5 }] }],
    ['nothing', { rows: [{ ...row, quantity: null }] }],
    ['a figure that no shop has', { rows: [{ ...row, quantity: 9007199254740991 }] }],
    ['a list', [row]],
  ])('%s writes nothing', async (_, body) => expect(await post(body)).toMatchObject({ status: 400 }));

  it('control: a hundred rows are one', async () => {
    expect(await post({ rows: Array.from({ length: 100 }, () => row) })).toMatchObject({ status: 200 });
  });
});

it('PHP had nothing to complain of', async () => expect(await complaintsOf(shop)).toEqual([]));
