import { describe, expect, it } from 'vitest';
import type { PausePoint } from './context.js';
import { createGate } from './gates.js';
import { createWooCommerce } from './shop.js';
import { pauseAtRandom } from './pauses.js';
import { seededRandom } from './random.js';

const atStatus = ({ at }: PausePoint): boolean => at === 'status';

/** A shop with one order of three of a hundred, in a status. */
const shopWith = async (status: string) => {
  const shop = createWooCommerce();
  const { id: product } = shop.createProduct({ stock: 100 });
  const { id } = await shop.createOrder({ lines: [{ product, quantity: 3 }], status });
  return { shop, id, stock: () => shop.product(product).stock, taken: () => shop.order(id)?.lines[0]?.reduced };
};

describe('two at once', () => {
  it('who make a pending order processing take its units twice, and the line says once', async () => {
    const { shop, id, stock, taken } = await shopWith('pending');
    const gate = createGate(atStatus);
    shop.pauseWith(gate.pause);
    const both = [1, 2].map(() => shop.updateOrder(id, { status: 'processing' }));
    expect(gate.waiting()).toBe(2);
    gate.open();
    await Promise.all(both);
    expect([stock(), taken()]).toEqual([94, 3]);
  });

  it('who cancel give its units back twice', async () => {
    const { shop, id, stock } = await shopWith('processing');
    const gate = createGate(atStatus);
    shop.pauseWith(gate.pause);
    const both = [1, 2].map(() => shop.updateOrder(id, { status: 'cancelled' }));
    gate.open();
    await Promise.all(both);
    expect(stock()).toBe(103);
  });

  it('who buy the last unit are sold both of it where the first has left pending and its stock has not fallen', async () => {
    const shop = createWooCommerce();
    const { id: product } = shop.createProduct({ stock: 1 });
    const gate = createGate(atStatus);
    shop.pauseWith(gate.pause);
    const first = shop.buy({ checkout: 'classic', gateway: 'bacs', lines: [{ product, quantity: 1 }] });
    const second = shop.buy({ checkout: 'block', gateway: 'bacs', lines: [{ product, quantity: 1 }] });
    gate.open();
    expect([await first, await second].map(({ kind }) => kind)).toEqual(['ordered', 'ordered']);
    expect(shop.product(product).stock).toBe(-1);
  });

  it('one after the other: the second is refused', async () => {
    const shop = createWooCommerce();
    const { id: product } = shop.createProduct({ stock: 1 });
    const lines = [{ product, quantity: 1 }];
    expect(await shop.buy({ checkout: 'classic', gateway: 'bacs', lines })).toMatchObject({ kind: 'ordered' });
    expect(await shop.buy({ checkout: 'classic', gateway: 'bacs', lines })).toMatchObject({ kind: 'refused' });
    expect(await shop.buy({ checkout: 'block', gateway: 'bacs', lines })).toEqual({
      kind: 'refused',
      code: 'woocommerce_rest_product_out_of_stock',
    });
  });

  it('the same by chance, for the same number every time', async () => {
    const outcome = async (seed: number) => {
      const { shop, id, stock } = await shopWith('pending');
      shop.pauseWith(pauseAtRandom(seededRandom(seed)));
      await Promise.all([1, 2].map(() => shop.updateOrder(id, { status: 'processing' })));
      return stock();
    };
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const outcomes = await Promise.all(seeds.map(outcome));
    expect(new Set(outcomes)).toEqual(new Set([94, 97]));
    expect(await Promise.all(seeds.map(outcome))).toEqual(outcomes);
  });
});

describe('what checkouts set aside', () => {
  it('counts for others until it ends, and is not in the figure', async () => {
    let now = 0;
    const shop = createWooCommerce({ now: () => now, holdStockMinutes: 60 });
    const { id: product } = shop.createProduct({ stock: 5 });
    await shop.buy({ checkout: 'block', gateway: 'offsite', lines: [{ product, quantity: 3 }] });
    expect(shop.product(product).stock).toBe(5);
    const lines = [{ product, quantity: 3 }];
    expect(await shop.buy({ checkout: 'classic', gateway: 'bacs', lines })).toMatchObject({ kind: 'refused' });
    expect(await shop.buy({ checkout: 'block', gateway: 'bacs', lines })).toMatchObject({
      order: { lines: [{ quantity: 2, reduced: 2 }] },
    });
    now += 61 * 60_000;
    expect(await shop.buy({ checkout: 'classic', gateway: 'bacs', lines })).toMatchObject({ kind: 'ordered' });
  });

  it('is nothing where the shop sets nothing aside: the late payment makes the figure fall below nothing', async () => {
    const shop = createWooCommerce({ holdStockMinutes: 0 });
    const { id: product } = shop.createProduct({ stock: 1 });
    const lines = [{ product, quantity: 1 }];
    const unpaid = await shop.buy({ checkout: 'block', gateway: 'offsite', lines });
    await shop.buy({ checkout: 'classic', gateway: 'bacs', lines });
    if (unpaid.kind === 'ordered') await shop.updateOrder(unpaid.order.id, { setPaid: true });
    expect(shop.product(product).stock).toBe(-1);
  });

  it('of the classic checkout is cancelled when its time is over, of the block checkout never', async () => {
    let now = 0;
    const shop = createWooCommerce({ now: () => now, holdStockMinutes: 60 });
    const { id: product } = shop.createProduct({ stock: 5 });
    for (const checkout of ['classic', 'block'] as const)
      await shop.buy({ checkout, gateway: 'offsite', lines: [{ product, quantity: 1 }] });
    now += 61 * 60_000;
    await shop.cancelUnpaid();
    expect([...shop.context.orders.values()].map(({ createdVia, status }) => [createdVia, status])).toEqual([
      ['checkout', 'cancelled'],
      ['store-api', 'pending'],
    ]);
  });
});
