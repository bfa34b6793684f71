import { describe, expect, it } from 'vitest';
import { createShopper } from '../servers/prestashop/index.js';
import { createCheckout, fillCart, goAndPay } from './checkout.js';
import { listingIn, states, useMarketTowns, useTowns } from './town.js';

const open = useTowns();
const openMarketTown = useMarketTowns();
const minute = 60_000;
const ttl = 15 * minute;

describe('scenario 5: the last unit in checkout', () => {
  it('is held for one cart, shown to it alone, and bought once', async () => {
    const { shop, bol, scene, shows, written, pass, hold, standing } = await open({ last: 1 });
    const shopper = createShopper({ context: shop.server.shop.context });
    const { cart } = shopper.addToCart({ ...listingIn(shop, 'last').sellable, quantity: 1 });
    expect(await hold(shop, `1-${cart}`, 'last', 1, ttl)).toMatchObject({ kind: 'held' });
    expect(await hold(shop, '1-901', 'last', 1, ttl)).toMatchObject({
      kind: 'not_held',
      failure: { refusal: { code: 'insufficient', requested: 1, available: 0 } },
    });
    await pass(5_000);
    expect([shows(bol, 'last'), shows(shop, 'last')]).toEqual([0, 1]);
    await pass(4 * minute);
    expect(shopper.checkCart(cart)).toEqual({ errors: false });
    await shop.server.shop.createOrder({ cart, state: states.paid });
    await pass(70_000);
    expect(await standing('last')).toEqual({ sellable: 0, reserved: 0, committed: 1, owed: 0 });
    expect([shows(shop, 'last'), written(shop, 'last'), shows(bol, 'last')]).toEqual([0, [], 0]);
    expect(scene.notes.findings.filter(({ kind }) => kind !== 'below')).toEqual([]);
  });

  it('is sold twice where the payment takes longer than the hold, and that is told as a number', async () => {
    const { shop, bol, order, shows, pass, hold, standing } = await open({ last: 1 });
    await hold(shop, '1-1', 'last', 1, ttl);
    await pass(ttl + minute);
    expect([shows(shop, 'last'), shows(bol, 'last')]).toEqual([1, 1]);
    await order(bol, 'last', 1, states.paid);
    await pass(minute);
    expect(shows(shop, 'last')).toBe(0);
    await order(shop, 'last', 1, states.paid);
    await pass(70_000);
    const { sellable, committed, owed, reserved } = await standing('last');
    expect({ sold: committed + owed, owed, reserved, sellable }).toEqual({
      sold: 2,
      owed: 1,
      reserved: 0,
      sellable: 0,
    });
    expect([Math.max(0, shows(shop, 'last')), Math.max(0, shows(bol, 'last'))]).toEqual([0, 0]);
  });

  it('is sold while the ledger is down: no page waits longer than its budget, and the order is recorded afterwards', async () => {
    const town = await openMarketTown({ last: 1, plenty: 50 });
    const { shop, bol, scene, shows, written, pass, standing } = town;
    const checkout = createCheckout(town);
    shop.server.shop.install(checkout.module);
    checkout.answers(false);
    scene.crash(5 * minute);
    const pages: string[] = [];
    for (const sku of ['last', 'plenty', 'plenty', 'plenty'])
      goAndPay(town, fillCart(town, sku) ?? 0, 1, ({ kind }) => void pages.push(kind));
    await pass(10_000);
    expect(pages).toEqual(Array.from({ length: 4 }, () => 'confirmation'));
    expect([checkout.asked(), checkout.waits]).toEqual([8, Array.from({ length: 8 }, () => 300)]);
    // After so many failures nobody asks, and nobody waits.
    goAndPay(town, fillCart(town, 'plenty') ?? 0, 1, ({ kind }) => void pages.push(kind));
    await pass(10_000);
    expect([pages.length, checkout.asked(), checkout.waits.slice(8)]).toEqual([5, 8, [0, 0]]);
    expect(await standing('last')).toMatchObject({ sellable: 1, committed: 0 });
    await pass(4 * minute);
    checkout.answers(true);
    await pass(70_000);
    expect(await standing('last')).toEqual({ sellable: 0, reserved: 0, committed: 1, owed: 0 });
    expect(await standing('plenty')).toMatchObject({ sellable: 46, committed: 4 });
    expect([shows(shop, 'last'), written(shop, 'last')]).toEqual([0, []]);
    expect(bol.market.offers.find(bol.offerOf('last'))?.amount).toBe(0);
  });
});
