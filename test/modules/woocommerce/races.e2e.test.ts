import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receive, startLedgerOfShop, type ShopLedger } from '../prestashop/shop/ledger.js';
import { complaintsOf, startShop, type Shop } from './shop/shop.js';
import { enter, fill, offer, ordersOf, shopperOf, stockOf, type Kind } from './shop/shopper.js';

/** As often as a real shop was raced. */
const trials = 20;
/** Of what follows from the same guard. */
const fewTrials = 6;
/** Of what happens by chance, a third of the times or more; only a machine that does nothing at once needs more. */
const patience = 60;

let shop: Shop;
let ledger: ShopLedger;
let product = 0;

beforeAll(async () => {
  [shop, ledger] = await Promise.all([startShop(), startLedgerOfShop()]);
  // What a cart gets is looked at here, on a machine that does much else, and not how soon.
  await shop.set({ url: ledger.url, key: ledger.shopKey, channel: 'shop', budget_millis: '2000' });
});
afterAll(async () => {
  await shop.stop();
  await ledger.stop();
});

/** A new product with as many units in the shop as at the ledger. Its id. */
const stocked = async (units: number): Promise<number> => {
  product += 1;
  await offer(shop, product, { sku: `R${product}`, quantity: units });
  await receive(ledger, `R${product}`, units);
  return product;
};

const repeated = async <Result>(trial: () => Promise<Result>, times = trials): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (let done = 0; done < times; done += 1) results.push(await trial());
  return results;
};

/** How many trials it takes until so many of them came out like this; beyond the patience: never. */
const trialsUntil = async (count: number, trial: () => Promise<boolean>): Promise<number> => {
  for (let done = 1, found = 0; done <= patience; done += 1) {
    if (await trial()) found += 1;
    if (found === count) return done;
  }
  return Infinity;
};

const always = <Value>(value: Value, times = trials): readonly Value[] => Array.from({ length: times }, () => value);

const withoutModule = async <Result>(act: () => Promise<Result>): Promise<Result> => {
  await shop.set({ gate: '0' });
  const result = await act();
  await shop.set({ gate: '1' });
  return result;
};

/** Two shoppers of the last unit: orders, what the shop's figure says afterwards, and what the other one reads. */
const rivals = async (kinds: readonly Kind[]) => {
  const id = await stocked(1);
  const sessions = await Promise.all(kinds.map(() => enter(shop, [{ product: id, quantity: 1 }])));
  const answers = await Promise.all(kinds.map((kind, at) => shopperOf(shop, sessions[at] ?? '').order(kind)));
  const orders = (await ordersOf(shop, ...sessions)).filter(({ status }) => status !== 'wc-pending').length;
  return { orders, left: await stockOf(shop, id), refused: answers.filter(({ said }) => said !== '').length };
};

describe('one unit, two shoppers at once', () => {
  it('in the classic and the block checkout: one order each time, and the other reads why', async () => {
    const results = await repeated(() => rivals(['classic', 'block']));
    expect(results).toEqual(always({ orders: 1, left: 0, refused: 1 }));
  });

  it.each<Kind>(['classic', 'block'])('both in the %s checkout: one order each time', async (kind) => {
    const results = await repeated(() => rivals([kind, kind]), fewTrials);
    expect(results).toEqual(always({ orders: 1, left: 0, refused: 1 }, fewTrials));
  });

  it('control: without the module the shop sells more than it has', async () => {
    const oversells = async (): Promise<boolean> => (await rivals(['classic', 'block'])).left < 0;
    expect(await withoutModule(() => trialsUntil(5, oversells))).toBeLessThanOrEqual(patience);
  });
});

/** One cart, posted twice: its orders, and where the two are led. */
const twice = async (kinds: readonly [Kind, Kind], { isOpened = false, units = 9 } = {}) => {
  const session = await enter(shop, [{ product: await stocked(units), quantity: 2 }]);
  const shopper = shopperOf(shop, session);
  if (isOpened) await shopper.openBlock();
  const answers = await Promise.all(kinds.map((kind) => shopper.order(kind)));
  const places = new Set(answers.map(({ leadsTo }) => leadsTo));
  return { orders: (await ordersOf(shop, session)).length, places: places.size, left: await stockOf(shop, product) };
};

describe('one cart that is posted twice at once', () => {
  const pairs: readonly [Kind, Kind][] = [
    ['classic', 'classic'],
    ['block', 'block'],
  ];

  it.each(pairs)('%s and %s: one order each time, and both are led to it', async (...kinds) => {
    expect(await repeated(() => twice(kinds))).toEqual(always({ orders: 1, places: 1, left: 7 }));
  });

  it.each(pairs)('%s and %s, with all that there is: one order, and nobody reads of a shortage', async (...kinds) => {
    const results = await repeated(() => twice(kinds, { units: 2 }), fewTrials);
    expect(results).toEqual(always({ orders: 1, places: 1, left: 0 }, fewTrials));
  });

  it('in both checkouts: one order each time', async () => {
    const results = await repeated(() => twice(['classic', 'block']), fewTrials);
    expect(results).toEqual(always({ orders: 1, places: 1, left: 7 }, fewTrials));
  });

  it('in a block checkout that was opened before: one order each time', async () => {
    const results = await repeated(() => twice(['block', 'block'], { isOpened: true }), fewTrials);
    expect(results).toEqual(always({ orders: 1, places: 1, left: 7 }, fewTrials));
  });

  it.each(pairs)('control: %s and %s without the module, it doubles', async (...kinds) => {
    const doubles = async (): Promise<boolean> => (await twice(kinds)).orders === 2;
    expect(await withoutModule(() => trialsUntil(15, doubles))).toBeLessThanOrEqual(patience);
  });

  it.each<Kind>(['classic', 'block'])('%s, to be paid elsewhere: one order, which both may pay', async (kind) => {
    const results = await repeated(async () => {
      const session = await enter(shop, [{ product: await stocked(9), quantity: 1 }]);
      const shopper = shopperOf(shop, session);
      const answers = await Promise.all([shopper.order(kind, 'offsite'), shopper.order(kind, 'offsite')]);
      const places = answers.map(({ leadsTo }) => leadsTo.replace(/\d.*/u, '')).toSorted();
      return [(await ordersOf(shop, session)).length, ...places];
    }, fewTrials);
    expect(results).toEqual(always([1, '/checkout/order-pay/', '/elsewhere'], fewTrials));
  });

  it('six times: one order, and six are led to it', async () => {
    const session = await enter(shop, [{ product: await stocked(9), quantity: 1 }]);
    const shopper = shopperOf(shop, session);
    const kinds: readonly Kind[] = ['classic', 'block', 'classic', 'block', 'classic', 'block'];
    const answers = await Promise.all(kinds.map((kind) => shopper.order(kind)));
    expect(await ordersOf(shop, session)).toHaveLength(1);
    expect(new Set(answers.map(({ leadsTo }) => leadsTo)).size).toBe(1);
  });

  it('and is filled again with the same afterwards: a second order', async () => {
    const wanted = [{ product: await stocked(9), quantity: 1 }];
    const session = await enter(shop, wanted);
    const shopper = shopperOf(shop, session);
    await Promise.all([shopper.order('classic'), shopper.order('classic')]);
    await fill(shop, session, wanted);
    await shopper.order('classic');
    expect(await ordersOf(shop, session)).toHaveLength(2);
  });
});

it('PHP had nothing to complain of', async () => expect(await complaintsOf(shop)).toEqual([]));
