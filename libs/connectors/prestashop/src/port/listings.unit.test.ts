import { describe, expect, it } from 'vitest';
import { type ShopListing } from '#channel-kit';
import { patience, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';
import { createPrestashopPort } from './create-port.js';

const withPort = usePort();

const allListings = async (port: ReturnType<typeof createPrestashopPort>): Promise<readonly ShopListing[]> => {
  const found: ShopListing[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = valueOf(await port.listings(after, patience()));
    found.push(...items);
    if (next === undefined) return found;
    after = next;
  }
};

describe('listings', () => {
  it.each(['1.7.8', '8.2', '9.1'] as const)('of %s are the rows by which something is sold', async (version) => {
    const { port } = await withPort({ version });
    const listings = await allListings(port);
    expect(listings).toHaveLength(17 + 8 + 7);
    const rows = listings.map(({ row }) => row);
    expect(rows).not.toContain('1-0@s1g0');
    expect(listings).toContainEqual({
      row: '6-0@s1g0',
      ids: { product: '6' },
      references: ['demo_11'],
      title: 'Mug The best is yet to come',
    });
  });

  it('go on page by page, and show duplicate references as they are', async () => {
    const { port, shop } = await withPort({ seed: 'none' });
    for (let at = 0; at < 230; at += 1) shop.createProduct({ reference: 'same', quantity: at });
    const listings = await allListings(port);
    expect(new Set(listings.map(({ row }) => row)).size).toBe(230);
    expect(listings.every(({ references }) => references[0] === 'same')).toBe(true);
  });

  it('have a pack by what its sale moves', async () => {
    const { port, shop } = await withPort({ seed: 'none' });
    const part = shop.createProduct({ reference: 'part', quantity: 9 });
    const items = [{ id_product: part, quantity: 2 }];
    const [own, parts, both, configured] = [0, 1, 2, 3].map((type) =>
      shop.createProduct({ reference: `pack${type}`, quantity: 4, pack: { type, items } }),
    );
    const of = async () => new Map((await allListings(port)).map((one) => [one.ids.product, one.unfit?.code]));
    expect(await of()).toEqual(
      new Map([
        [String(part), undefined],
        [String(own), undefined],
        [String(parts), 'pack_of_products'],
        [String(both), 'pack_of_both'],
        [String(configured), undefined],
      ]),
    );
  });

  it("are one channel's alone: a shop's own rows, or those of its sharing group", async () => {
    const { shop, client, port } = await withPort({ seed: 'none' });
    const product = shop.createProduct({ reference: 'a', quantity: 5 });
    const group = shop.createShopGroup({ name: 'sharing', sharesStock: true });
    const second = shop.createShop({ name: 'second', group });
    await shop.placeOrder({
      lines: [{ id_product: product, id_product_attribute: 0, quantity: 1 }],
      state: 2,
      shop: second,
    });
    expect((await allListings(port)).map(({ row }) => row)).toEqual([`${product}-0@s1g0`, `${product}-0@s0g${group}`]);
    const rowsOf = async (shopId: number) =>
      (await allListings(createPrestashopPort({ client, shopId }))).map(({ row }) => row);
    expect(await rowsOf(1)).toEqual([`${product}-0@s1g0`]);
    expect(await rowsOf(second)).toEqual([`${product}-0@s0g${group}`]);
  });
});
