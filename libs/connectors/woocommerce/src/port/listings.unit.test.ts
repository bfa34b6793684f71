import { describe, expect, it } from 'vitest';
import { type ShopListing } from '#channel-kit';
import { type Shop } from '../../../../../test/servers/woocommerce/index.js';
import { patience, valueOf } from '../../testing/asking.js';
import { recordedReply } from '../../testing/replay/recorded-reply.js';
import { usePort } from '../../testing/with-port.js';
import { type Client } from '../rest/client.js';
import { failureOfAnswer } from '../rest/failure.js';
import { createWooCommercePort } from './create-port.js';

const withPort = usePort();

type Port = ReturnType<typeof createWooCommercePort>;

const pagesOf = async (port: Port, between: (page: number) => void = () => undefined) => {
  const pages: (readonly ShopListing[])[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = valueOf(await port.listings(after, patience()));
    pages.push(items);
    if (next === undefined) return pages;
    between(pages.length);
    after = next;
  }
};

const listed = async (port: Port): Promise<readonly ShopListing[]> => (await pagesOf(port)).flat();

const assortment = (shop: Shop) => {
  const mug = shop.createProduct({ name: 'Mug', sku: 'MUG', stock: 10 }).id;
  const shirt = shop.createProduct({ name: 'Shirt', sku: 'SHIRT', type: 'variable', stock: 5 }).id;
  const of = { type: 'variation', parent: shirt } as const;
  const medium = shop.createProduct({ name: 'M', sku: 'SHIRT-M', stock: 10, ...of }).id;
  const large = shop.createProduct({ name: 'L', sku: '', ...of }).id;
  const cap = shop.createProduct({ name: 'Cap', sku: '', type: 'variable' }).id;
  const red = shop.createProduct({ name: 'Red', sku: 'CAP-R', type: 'variation', parent: cap }).id;
  const poster = shop.createProduct({ name: 'Poster', sku: 'POSTER' }).id;
  shop.createProduct({ name: 'Set', type: 'grouped' });
  shop.createProduct({ name: 'Elsewhere', type: 'external' });
  shop.createProduct({ name: 'Empty', type: 'variable' });
  return { mug, shirt, medium, large, cap, red, poster };
};

/** A shop of an older release: it has no list of all variations. */
const withoutVariations = (client: Client): Client => ({
  ...client,
  send: (request, signal) => {
    if (request.resource !== 'variations') return client.send(request, signal);
    const { status, body } = recordedReply('server.plugin-off');
    return Promise.resolve({ kind: 'failed', failure: failureOfAnswer({ status, body, header: () => undefined }) });
  },
});

describe('the listings of a shop', () => {
  it('are what has stock of its own, the product for variations that it manages, and what has none is unfit', async () => {
    const { port, shop } = await withPort();
    const { mug, shirt, medium, cap, red, poster } = assortment(shop);
    const variant = (product: number, id: number) => ({ product: String(product), variant: String(id) });
    expect(await listed(port)).toEqual([
      { row: `${mug}-0`, ids: { product: String(mug) }, references: ['MUG'], title: 'Mug' },
      { row: `${shirt}-0`, ids: { product: String(shirt) }, references: ['SHIRT'], title: 'Shirt' },
      { row: `${shirt}-${medium}`, ids: variant(shirt, medium), references: ['SHIRT-M'], title: 'Shirt (M)' },
      {
        ...{ row: `${cap}-${red}`, ids: variant(cap, red), references: ['CAP-R'], title: 'Cap (Red)' },
        unfit: { code: 'stock_unmanaged', detail: expect.stringContaining('switch stock management on') as string },
      },
      {
        ...{ row: `${poster}-0`, ids: { product: String(poster) }, references: ['POSTER'], title: 'Poster' },
        unfit: { code: 'stock_unmanaged', detail: expect.any(String) as string },
      },
    ]);
  });

  it('are the same in a shop without a list of all variations, and so are rows', async () => {
    const { port, shop, client } = await withPort();
    const { shirt, medium } = assortment(shop);
    const older = createWooCommercePort({ client: withoutVariations(client) });
    expect(await listed(older)).toEqual(await listed(port));
    const row = `${shirt}-${medium}`;
    expect(valueOf(await older.readBack([row], patience()))).toEqual([{ row, quantity: 10 }]);
  });

  it('of a shop that counts in parts are unfit, and its rows are not read', async () => {
    const { port, shop } = await withPort();
    const { id } = shop.createProduct({ sku: 'ROPE', stock: 1.5 });
    expect(await listed(port)).toMatchObject([{ unfit: { code: 'stock_in_parts' } }]);
    expect(valueOf(await port.readBack([`${id}-0`], patience()))).toEqual([]);
  });

  it.each([5, 40, 120])('are each told once while %i products are deleted between two pages', async (deleted) => {
    const { port, shop } = await withPort();
    const ids = Array.from({ length: 250 }, (_, at) => shop.createProduct({ sku: `P${at}`, stock: 1 }).id);
    const pages = await pagesOf(port, (page) => {
      if (page === 1) for (const id of ids.slice(0, Math.min(deleted, 95))) shop.deleteProduct(id);
      if (page === 2) for (const id of ids.slice(95, Math.max(95, deleted))) shop.deleteProduct(id);
    });
    const rows = pages.flat().map(({ row }) => row);
    expect(new Set(rows).size).toBe(rows.length);
    const there = ids.slice(deleted).map((id) => `${id}-0`);
    expect(rows).toEqual(expect.arrayContaining(there));
  });

  it('of products with hundreds of variations come in more pages', async () => {
    const { port, shop } = await withPort();
    for (let product = 0; product < 4; product += 1) {
      const { id: parent } = shop.createProduct({ sku: `S${product}`, type: 'variable' });
      for (let at = 0; at < 200; at += 1) shop.createProduct({ type: 'variation', parent, stock: 1 });
    }
    expect((await pagesOf(port)).map(({ length }) => length)).toEqual([400, 400]);
  });
});
