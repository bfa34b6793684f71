import { describe, expect, it } from 'vitest';
import { skip } from '../week/scene.js';
import { stockStream } from '#apps/ledger';
import { buyAt } from '../servers/marketplace/index.js';
import type { Page } from '../servers/prestashop/index.js';
import { createCheckout, fillCart, goAndPay } from './checkout.js';
import { listingIn, states, useMarketTowns, useTowns, type MarketTown } from './town.js';

const open = useTowns();
const openMarketTown = useMarketTowns();
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

  /** 180 carts that were filled before, three a second on their way to pay, and each of their payments is posted twice. */
  const flashSale = async (town: MarketTown, beside: () => void = () => undefined): Promise<readonly Page[]> => {
    const carts = Array.from({ length: 180 }, () => fillCart(town, 'tv') ?? 0);
    const pages: Page[] = [];
    for (const [nth, cart] of carts.entries()) {
      goAndPay(town, cart, 2, (page) => void pages.push(page));
      if (nth % 3 === 2) beside();
      await town.pass(nth % 3 === 2 ? 334 : 333);
    }
    await town.pass(minute);
    return pages;
  };
  const ordersByCart = ({ shop }: MarketTown): readonly (readonly [cart: number, orders: number])[] => {
    const carts = shop.server.shop.tables.orders.all().map(({ id_cart }) => id_cart);
    return [...new Set(carts)].map((cart) => [cart, carts.filter((one) => one === cart).length]);
  };
  /** Orders that are owed units which no place covers, as the ledger lists them. */
  const oversold = async ({ scene }: MarketTown): Promise<readonly { channel: string; orderKey: string }[]> => {
    const [loaded] = await scene.ledger.lanes.stock.load([stockStream('tv')]);
    const { lines, oversold: owed } = loaded?.state ?? {};
    return [...(owed?.entries() ?? [])].flatMap(([, key]) => lines?.get(key)?.order ?? []);
  };

  it('d: a flash sale with the module makes an order of each unit and refuses the others with numbers', async () => {
    const town = await openMarketTown({ tv: 100 }, { bufferUnits: 5 });
    const { shop, bol, shows, standing } = town;
    const checkout = createCheckout(town);
    shop.server.shop.install(checkout.module);
    const pages = await flashSale(town);
    const orders = ordersByCart(town);
    expect(orders).toHaveLength(100);
    expect(orders.filter(([, count]) => count > 1)).toEqual([]);
    // Both posts of a payment lead to the one order.
    expect(pages.filter(({ kind }) => kind === 'confirmation')).toHaveLength(200);
    const turnedBack = pages.filter(({ kind }) => kind === 'cart');
    expect(turnedBack).toHaveLength(80);
    const byShop = turnedBack.filter((page) => page.kind === 'cart' && page.message.startsWith('You can only buy 0'));
    expect(checkout.refusals.length + byShop.length).toBe(80);
    for (const { requested, available } of checkout.refusals) expect([requested, available]).toEqual([1, 0]);
    expect(await standing('tv')).toEqual({ sellable: 0, reserved: 0, committed: 100, owed: 0 });
    expect([shows(shop, 'tv'), bol.market.offers.find(bol.offerOf('tv'))?.amount]).toEqual([0, 0]);
  });

  it('d: with a marketplace beside it, what is oversold is what that sold before it applied our last figure, each on the list', async () => {
    const town = await openMarketTown({ tv: 100 }, { bufferUnits: 5, applyMillis: 3_000 });
    const { shop, bol, standing } = town;
    shop.server.shop.install(createCheckout(town).module);
    const offer = bol.offerOf('tv');
    await flashSale(town, () => void buyAt(bol.market, [{ offer, units: 1 }]));
    const orders = ordersByCart(town);
    expect(orders.filter(([, count]) => count > 1)).toEqual([]);
    const sales = bol.market.sales.all();
    const { committed, owed, sellable } = await standing('tv');
    expect([committed + owed, sellable]).toEqual([orders.length + sales.length, 0]);
    const listed = await oversold(town);
    expect(listed).toHaveLength(owed);
    // It shows for three seconds what was true before: there is something to list.
    expect(owed).toBeGreaterThan(0);
    const last = bol.market.offers.writes().findLast(({ amount }) => amount === 0);
    expect(last?.appliedAt).toBeDefined();
    for (const { channel, orderKey } of listed) {
      expect(channel).toBe('bol');
      const sale = sales.find(({ order }) => order === orderKey);
      expect(sale?.at).toBeLessThan(last?.appliedAt ?? 0);
    }
  });

  it('d: without the module the shop sells what is not there, that is told as a number, and both are right within a minute', async () => {
    const town = await openMarketTown({ tv: 100 }, { bufferUnits: 5 });
    const { shop, bol, shows, standing, alerts } = town;
    await flashSale(town);
    const orders = shop.server.shop.tables.orders.all().length;
    expect(orders).toBeGreaterThan(100);
    expect(await standing('tv')).toMatchObject({ sellable: 0, owed: orders - 100 });
    expect(await oversold(town)).toHaveLength(orders - 100);
    expect(alerts.map(({ code }) => code)).toContain('cart_ordered_twice');
    expect([shows(shop, 'tv') <= 0, bol.market.offers.find(bol.offerOf('tv'))?.amount]).toEqual([true, 0]);
  });
});
