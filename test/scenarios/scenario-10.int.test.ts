import { describe, expect, it } from 'vitest';
import { skip } from '../week/scene.js';
import { listingIn, states, useTowns } from './town.js';

const open = useTowns();
const minute = 60_000;
const day = 86_400_000;

describe('scenario 10: night', () => {
  it('a: a figure that somebody typed is set right by the nightly run, kept as evidence, and may be said to be right', async () => {
    const { shop, bol, order, shows, written, pass, scene, adjust } = await open({ a: 5 });
    await shop.server.shop.editStockByHand({ ...listingIn(shop, 'a').sellable, id_shop: 1, quantity: 12 });
    await skip(scene, day);
    await pass(2 * minute);
    expect([shows(shop, 'a'), written(shop, 'a')]).toEqual([5, [5]]);
    expect(scene.notes.findings).toMatchObject([{ kind: 'above', units: 7, cause: 'unknown', read: 12, written: 5 }]);
    await order(bol, 'a', 2, states.paid);
    await pass(minute);
    expect(shows(shop, 'a')).toBe(3);
    await adjust('a', 7, 'the shop is right');
    await pass(minute);
    expect([shows(shop, 'a'), shows(bol, 'a')]).toEqual([10, 10]);
  });

  it('b: rows that stand too low are raised as far as the day allows, then a person is asked, and falls go on', async () => {
    const skus = Array.from({ length: 600 }, (_, nth) => `low-${nth}`);
    const { shop, bol, order, shows, pass, scene, alerts } = await open(
      Object.fromEntries(skus.map((sku) => [sku, 20])),
    );
    const low = skus.slice(0, 70);
    for (const sku of low)
      await shop.server.shop.editStockByHand({ ...listingIn(shop, sku).sellable, id_shop: 1, delta: -1 });
    await skip(scene, day);
    await pass(10 * minute);
    const kinds = scene.notes.findings.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'drift_raised')).toHaveLength(50);
    const held = low.filter((sku) => shows(shop, sku) === 19);
    expect(held).toHaveLength(20);
    expect(new Set(alerts.filter(({ level }) => level === 'page').map(({ code }) => code))).toEqual(
      new Set(['budget_spent']),
    );
    const [sku = ''] = held;
    await order(bol, sku, 3, states.paid);
    await pass(minute);
    expect(shows(shop, sku)).toBeLessThanOrEqual(17);
  });

  it('c: while its orders cannot be read nothing rises in a shop, and what it sold is committed once afterwards', async () => {
    const { shop, bol, order, shows, written, pass, standing, adjust } = await open({ a: 100 });
    const heal = ['orders', 'order_histories'].map((resource) =>
      shop.server.faults.add({ resource, fault: { kind: 'away', status: 500 } }),
    );
    await pass(35_000);
    for (let times = 0; times < 10; times += 1) await order(bol, 'a', 2, states.paid);
    await order(shop, 'a', 6, states.paid);
    await adjust('a', 50, 'found');
    await pass(55_000);
    for (const value of written(shop, 'a')) expect(value).toBeLessThanOrEqual(100 - 6);
    for (const one of heal) one();
    await pass(minute);
    expect(await standing('a')).toMatchObject({ sellable: 124, committed: 26 });
    expect([shows(shop, 'a'), shows(bol, 'a')]).toEqual([124, 124]);
  });
});
