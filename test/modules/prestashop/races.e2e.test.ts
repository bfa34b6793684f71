import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, receive, startLedgerOfShop, type ShopLedger } from './shop/ledger.js';
import { startShop, type Shop } from './shop/shop.js';
import { callback, fill, offer, ordersOf, rowOf, shopperOf, type Page } from './shop/shopper.js';

/** As often as a real shop was raced. */
const trials = 20;
/** Of what is a control, or follows from the same lock. */
const fewTrials = 6;
/** Of what happens most times; only a machine that does nothing at once needs more. */
const patience = 40;

let shop: Shop;
let ledger: ShopLedger;
let product = 0;

beforeAll(async () => {
  [shop, ledger] = await Promise.all([startShop(), startLedgerOfShop()]);
  await connect(shop, ledger);
});
afterAll(async () => {
  await shop.stop();
  await ledger.stop();
});

/** A new product with as many units in the shop as at the ledger. Its id. */
const stocked = async (units: number): Promise<number> => {
  product += 1;
  await offer(shop, product, `R${product}`, units);
  await receive(ledger, `R${product}`, units);
  return product;
};

const cartsOf = async (units: number, count: number): Promise<readonly number[]> => {
  const id = await stocked(units);
  const carts: number[] = [];
  for (let made = 0; made < count; made += 1) carts.push(await fill(shop, [{ product: id, quantity: 1 }]));
  return carts;
};

const payAll = (carts: readonly number[]): Promise<readonly Page[]> =>
  Promise.all(carts.map((cart) => shopperOf(shop, cart).pay()));

const repeated = async <Result>(trial: () => Promise<Result>, times = trials): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (let done = 0; done < times; done += 1) results.push(await trial());
  return results;
};

/** Whether a trial comes out like this at some time; how soon depends on what else the machine does. */
const everIs = async <Result>(trial: () => Promise<Result>, like: (result: Result) => boolean): Promise<boolean> => {
  for (let done = 0; done < patience; done += 1) if (like(await trial())) return true;
  return false;
};

const gated = (isOn: boolean): Promise<void> => shop.set({ GATE: isOn ? '1' : '0' });

const wentTo = (page: Page): string => /controller=([\w-]+)/u.exec(page.leadsTo)?.[1] ?? `status ${page.status}`;

const always = <Value>(value: Value, times = trials): readonly Value[] => Array.from({ length: times }, () => value);

describe('one unit, two carts that pay at once', () => {
  const trial = async (): Promise<readonly [number, number, string]> => {
    const carts = await cartsOf(1, 2);
    const pages = await payAll(carts);
    return [await ordersOf(shop, ...carts), await rowOf(shop, product), pages.map(wentTo).toSorted().join()];
  };

  it('is one order each time, and the other shopper is back at the cart', async () => {
    expect(await repeated(trial)).toEqual(always([1, 0, 'cart,order-confirmation']));
  });

  it('control: without the module it is two orders each time', async () => {
    await gated(false);
    const orders = (await repeated(trial, fewTrials)).map(([count]) => count);
    await gated(true);
    expect(orders).toEqual(always(2, fewTrials));
  });
});

describe('one cart that is paid twice at once', () => {
  const trial = async (): Promise<readonly [number, string]> => {
    const [cart = 0] = await cartsOf(9, 1);
    const shopper = shopperOf(shop, cart);
    const pages = await Promise.all([shopper.pay(), shopper.pay('ps_checkpayment')]);
    return [await ordersOf(shop, cart), pages.map(wentTo).join()];
  };

  it('is one order each time, and both browsers see it', async () => {
    expect(await repeated(trial)).toEqual(always([1, 'order-confirmation,order-confirmation']));
  });

  it('control: without the module it doubles', async () => {
    await gated(false);
    const doubles = await everIs(trial, ([orders]) => orders === 2);
    await gated(true);
    expect(doubles).toBe(true);
  });

  it('six times: one order, and six confirmations', async () => {
    const [cart = 0] = await cartsOf(9, 1);
    const pages = await payAll([cart, cart, cart, cart, cart, cart]);
    expect(await ordersOf(shop, cart)).toBe(1);
    expect(new Set(pages.map(({ leadsTo }) => leadsTo)).size).toBe(1);
  });

  it('of two packages: its two orders, and no more', async () => {
    const id = await stocked(9);
    const cart = await fill(shop, [{ product: id, quantity: 1 }], 2);
    await payAll([cart, cart]);
    expect(await ordersOf(shop, cart)).toBe(2);
  });
});

describe('a payment provider that calls while the browser comes back', () => {
  it('is one order each time; the call that finds it is told to come again, and then knows it', async () => {
    const results = await repeated(async () => {
      const [cart = 0] = await cartsOf(9, 1);
      const [called] = await Promise.all([callback(shop, cart), shopperOf(shop, cart).comeBack()]);
      const again = called.status === 503 ? await callback(shop, cart) : called;
      return [await ordersOf(shop, cart), again.status];
    }, fewTrials);
    expect(results).toEqual(always([1, 200], fewTrials));
  });
});

describe('two carts at once on plenty of stock', () => {
  const takenBy = async (): Promise<number> => {
    await payAll(await cartsOf(9, 2));
    return 9 - (await rowOf(shop, product));
  };

  it('the shop loses no decrement when products are locked', async () => {
    await shop.set({ PRODUCT_LOCK: '1' });
    const taken = await repeated(takenBy, fewTrials);
    await shop.set({ PRODUCT_LOCK: '0' });
    expect(taken).toEqual(always(2, fewTrials));
  });

  it('control: it does when they are not', async () => {
    expect(await everIs(takenBy, (units) => units < 2)).toBe(true);
  });
});

describe('in place of the locks of the server, rows', () => {
  it('are one order of a cart that is paid twice at once, each time', async () => {
    await shop.set({ LOCK_KIND: 'row' });
    const orders = await repeated(async () => {
      const [cart = 0] = await cartsOf(9, 1);
      await payAll([cart, cart]);
      return ordersOf(shop, cart);
    }, fewTrials);
    await shop.set({ LOCK_KIND: 'named' });
    expect(orders).toEqual(always(1, fewTrials));
    expect(await shop.sql('SELECT name FROM ps_stockledger_lock')).toEqual([]);
  });
});

it('PHP had nothing to complain of', async () => {
  expect(await shop.log()).not.toMatch(/swallowed|stockledger:|PHP (?:Warning|Notice|Deprecated|Parse)/u);
});
