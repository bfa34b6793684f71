import { describe, expect, it } from 'vitest';
import { createShopper } from '../shopper/shopper.js';
import { createGate, pauseAtRandom } from './pauses.js';
import { seededRandom } from './random.js';
import { createPrestashop } from './shop.js';

const mug = { id_product: 6, id_product_attribute: 0 };

const openShop = (quantity: number) => {
  const shop = createPrestashop({ version: '8.2', seed: 'products' });
  const row = shop.stockOf(mug);
  if (row !== undefined) shop.tables.stock.put({ ...row, quantity, out_of_stock: 0 });
  return shop;
};

describe('acts that are divided', () => {
  it('lose a decrement: both have read before one has written', async () => {
    const shop = openShop(10);
    const gate = createGate(({ point }) => point === 'stock_write');
    shop.pauseWith(gate.pause);
    const orders = [1, 2].map(() => shop.placeOrder({ lines: [{ ...mug, quantity: 1 }], state: 10 }));
    expect(gate.waiting()).toBe(2);
    gate.open();
    await Promise.all(orders);
    expect([shop.stockOf(mug)?.quantity, shop.tables.orders.all().length]).toEqual([9, 2]);
  });

  it('control: undivided ones do not', async () => {
    const shop = openShop(10);
    await Promise.all([1, 2].map(() => shop.placeOrder({ lines: [{ ...mug, quantity: 1 }], state: 10 })));
    expect(shop.stockOf(mug)?.quantity).toBe(8);
  });

  it('give units back twice when two say "cancelled" at once', async () => {
    const shop = openShop(10);
    const { id } = await shop.placeOrder({ lines: [{ ...mug, quantity: 3 }], state: 2 });
    const gate = createGate(({ point }) => point === 'state_change');
    shop.pauseWith(gate.pause);
    const changes = [1, 2].map(() => shop.changeState({ order: id, state: 6, changer: 'webservice' }));
    gate.open();
    await Promise.all(changes);
    expect(shop.stockOf(mug)?.quantity).toBe(13);
  });

  it('leave an order without a history for a while, its units taken', async () => {
    const shop = openShop(10);
    const gate = createGate(({ point }) => point === 'history');
    shop.pauseWith(gate.pause);
    const placed = shop.placeOrder({ lines: [{ ...mug, quantity: 3 }], state: 2 });
    await gate.arrived();
    expect(shop.tables.orders.all()).toMatchObject([{ current_state: 0 }]);
    expect([shop.tables.histories.all().length, shop.stockOf(mug)?.quantity]).toEqual([0, 7]);
    gate.open();
    expect(await placed).toMatchObject({ current_state: 2 });
  });

  it('leave a refund for a while of which the row alone tells', async () => {
    const shop = openShop(10);
    const { id } = await shop.placeOrder({ lines: [{ ...mug, quantity: 3 }], state: 2 });
    const gate = createGate(({ point }) => point === 'refund');
    shop.pauseWith(gate.pause);
    const refunded = shop.partialRefund({ detail: shop.linesOf(id)[0]!.id, units: 2 });
    await gate.arrived();
    expect([shop.stockOf(mug)?.quantity, shop.linesOf(id)[0]?.product_quantity_refunded]).toEqual([9, 0]);
    expect(shop.tables.slips.all()).toEqual([]);
    gate.open();
    await refunded;
    expect([shop.linesOf(id)[0]?.product_quantity_refunded, shop.tables.slips.all().length]).toEqual([2, 1]);
  });

  it('bear the moments of the clock that the shop runs by', async () => {
    let now = Date.UTC(2026, 2, 1, 9, 30);
    const shop = createPrestashop({ version: '8.2', seed: 'products', now: () => now });
    const { date_add } = await shop.placeOrder({ lines: [{ ...mug, quantity: 1 }], state: 2 });
    now += 5_000;
    await shop.editStockByHand({ ...mug, id_shop: 1, quantity: 9 });
    expect(date_add).toBe('2026-03-01 09:30:00');
    expect(shop.writes.all().map(({ at }) => at - now)).toEqual([-5_000, 0]);
  });
});

describe('divided by chance', () => {
  /** One cart, its payment posted twice at once: orders, and what the row lost. */
  const payTwice = async (seed: number): Promise<string> => {
    const shop = openShop(1);
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart({ ...mug, quantity: 1 });
    await shopper.checkoutStep(cart, 'payment');
    shop.pauseWith(pauseAtRandom(seededRandom(seed)));
    await Promise.all([shopper.pay({ cart }), shopper.pay({ cart })]);
    return `${shop.tables.orders.all().length} orders, row ${shop.stockOf(mug)?.quantity ?? 0}`;
  };

  it('one cart becomes two orders, and some of the decrements are lost', async () => {
    const seeds = Array.from({ length: 40 }, (_, index) => index);
    const ends = new Set(await Promise.all(seeds.map(payTwice)));
    expect([...ends].sort()).toEqual(['2 orders, row -1', '2 orders, row 0']);
  });

  it('does the same for the same seed', async () => {
    const [first, second] = [await payTwice(7), await payTwice(7)];
    expect(second).toBe(first);
  });
});

describe('a restore', () => {
  it('forgets what came since, and gives its ids again', async () => {
    const shop = openShop(10);
    const sell = () => shop.placeOrder({ lines: [{ ...mug, quantity: 1 }], state: 2 });
    const first = await sell();
    const backup = shop.backup();
    const lost = await sell();
    shop.restore(backup);
    expect(shop.tables.orders.all().map(({ id }) => id)).toEqual([first.id]);
    expect(shop.stockOf(mug)?.quantity).toBe(9);
    const again = await sell();
    expect([again.id, again.id_cart]).toEqual([lost.id, lost.id_cart]);
  });

  it('stands by itself: what happens later does not change it', async () => {
    const shop = openShop(10);
    const backup = JSON.stringify(shop.backup());
    const kept = shop.backup();
    await shop.placeOrder({ lines: [{ ...mug, quantity: 1 }], state: 2 });
    expect(JSON.stringify(kept)).toBe(backup);
  });
});
