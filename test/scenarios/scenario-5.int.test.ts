import { describe, expect, it } from 'vitest';
import { createShopper } from '../servers/prestashop/index.js';
import { listingIn, states, useTowns } from './town.js';

const open = useTowns();
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
});
