import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import { databaseName, startShop, type Shop } from './shop/shop.js';
import { callback, fill, offer, ordersOf, shopperOf, visit, type Page } from './shop/shopper.js';
import { startStandIn, type StandIn } from './shop/stand-in.js';

let shop: Shop;
let ledger: StandIn;
const held = { status: 200, body: '{"lines": []}' };
const refusal = { code: 'insufficient', sku: 'MUG', requested: 3, available: 2, held: 0 };
const refused = { status: 409, body: JSON.stringify(refusal) };

beforeAll(async () => {
  shop = await startShop();
  ledger = await startStandIn(refused);
  await offer(shop, 1, 'MUG', 1_000);
});
beforeEach(async () => {
  ledger.answer(refused);
  const settings = { OFFLINE_MODULES: 'ps_wirepayment,ps_checkpayment', LOCK_KIND: 'named', GATE: '1' };
  await shop.set({ URL: ledger.url, KEY: 'sl_key', CHANNEL: 'shop', ...settings });
});
afterAll(async () => {
  await shop.stop();
  await ledger.stop();
});

const cartOf = (): Promise<number> => fill(shop, [{ product: 1, quantity: 3 }]);
const backAtCart = (page: Page): boolean => page.status === 302 && page.leadsTo.includes('controller=cart');
const confirmed = (page: Page): boolean =>
  page.status === 302 && page.leadsTo.includes('controller=order-confirmation');
const outbox = (cart: number) =>
  shop.sql(`SELECT kind, hint FROM ps_stockledger_outbox WHERE id_cart = ${cart} ORDER BY sequence`);

describe('a cart that the ledger refuses', () => {
  it('goes back from the payment step, with the numbers and the name as text', async () => {
    const page = await shopperOf(shop, await cartOf()).paymentStep();
    expect(backAtCart(page)).toBe(true);
    expect(page.message).toContain('Of Product &lt;1&gt; only 2 are available, and your cart has 3');
  });

  it('goes back from the payment, in the language of the shopper, and can pay later', async () => {
    await shop.sql(`REPLACE INTO ps_configuration (name, value) VALUES ('SHOP_LANGUAGE', 'nl')`);
    const shopper = shopperOf(shop, await cartOf());
    const page = await shopper.pay();
    await shop.sql(`DELETE FROM ps_configuration WHERE name = 'SHOP_LANGUAGE'`);
    expect(backAtCart(page)).toBe(true);
    expect(page.message).toContain('Van Product &lt;1&gt; zijn er nog maar 2 leverbaar');
    ledger.answer(held);
    expect(confirmed(await shopper.pay())).toBe(true);
  });

  it('is told to a script as JSON', async () => {
    const page = await shopperOf(shop, await cartOf()).pay('ps_wirepayment', { 'x-requested-with': 'XMLHttpRequest' });
    expect(page.status).toBe(409);
    expect(JSON.parse(page.body)).toMatchObject({ errors: [expect.stringContaining('Product <1>') as string] });
  });

  it('is told nothing about on other pages', async () => {
    const shopper = shopperOf(shop, await cartOf());
    expect((await shopper.see('index.php?controller=cart')).status).toBe(200);
  });
});

describe('once money has moved', () => {
  it('the browser that comes back gets its order, and the shortage is reported', async () => {
    const cart = await cartOf();
    expect(confirmed(await shopperOf(shop, cart).comeBack())).toBe(true);
    const [first] = await outbox(cart);
    expect(first).toMatchObject({ kind: 'sold_short' });
    expect(JSON.parse(String(first?.['hint']))).toEqual({ sku: 'MUG', requested: 3, available: 2 });
  });

  it('the provider gets its order', async () => {
    const cart = await cartOf();
    expect(await callback(shop, cart)).toMatchObject({ status: 200, body: 'accepted' });
    expect((await outbox(cart)).map(({ kind }) => kind)).toEqual(['sold_short', 'order_created', 'order_state']);
  });

  it('a module of the list whose order is born paid gets it too', async () => {
    await shop.set({ OFFLINE_MODULES: 'cardgateway' });
    expect(confirmed(await shopperOf(shop, await cartOf()).comeBack())).toBe(true);
  });

  it('a module that is not on the list gets it, whatever its order is born as', async () => {
    await shop.set({ OFFLINE_MODULES: '' });
    expect(confirmed(await shopperOf(shop, await cartOf()).pay())).toBe(true);
  });

  it('control: the same cart by wire does not', async () => {
    expect(backAtCart(await shopperOf(shop, await cartOf()).pay())).toBe(true);
  });
});

const lockOf = (cart: number): string =>
  `stockledger_${createHash('sha1').update(`${databaseName}\0ps_\0cart\0${cart}`).digest('hex')}`;
const isFree = async (cart: number): Promise<boolean> => {
  const [row] = await shop.sql(`SELECT IS_FREE_LOCK('${lockOf(cart)}') AS free`);
  return Number(row?.['free']) === 1;
};

/** What a request gets that comes while another one of its cart is making the order. */
const meanwhile = async (cart: number, act: () => Promise<Page>): Promise<Page> => {
  const other = shop.php('other-request.php', String(cart), lockOf(cart));
  expect(await becomesTrue(async () => !(await isFree(cart)), 60_000)).toBe(true);
  const page = await act();
  expect(await other).toBe('ordered');
  return page;
};

describe('a second order of a cart', () => {
  it('is refused to a provider with a page that people can read; when it calls again it knows', async () => {
    ledger.answer(held);
    const cart = await cartOf();
    const page = await meanwhile(cart, () => callback(shop, cart));
    expect(page).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    expect(page.body).toContain('<h1>Your order has been placed</h1>');
    expect(await callback(shop, cart)).toMatchObject({ status: 200, body: 'known' });
    expect(await ordersOf(shop, cart)).toBe(1);
  });

  it('leads a browser to the confirmation of the first', async () => {
    const cart = await cartOf();
    const page = await meanwhile(cart, () => shopperOf(shop, cart).comeBack());
    expect(confirmed(page)).toBe(true);
    expect(await ordersOf(shop, cart)).toBe(1);
  });

  it('that comes late leads to the confirmation too', async () => {
    ledger.answer(held);
    const shopper = shopperOf(shop, await cartOf());
    const first = await shopper.pay();
    expect((await shopper.pay()).leadsTo).toBe(first.leadsTo);
  });

  it('is nothing that an online module’s page about its payment is taken for', async () => {
    const shopper = shopperOf(shop, await cartOf());
    expect(confirmed(await shopper.comeBack())).toBe(true);
    expect(await shopper.seeStatus()).toMatchObject({ status: 200, body: 'status of the payment' });
  });

  it('leads a script to the confirmation', async () => {
    ledger.answer(held);
    const shopper = shopperOf(shop, await cartOf());
    const script = { accept: 'application/json' };
    const pages = await Promise.all([shopper.pay('ps_wirepayment', script), shopper.pay('ps_wirepayment', script)]);
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 302]);
    const told = pages.find(({ status }) => status === 200);
    expect(JSON.parse(told?.body ?? '')).toMatchObject({
      redirect: expect.stringContaining('order-confirmation') as string,
    });
  });
});

it('a cart of two packages is two orders and one question', async () => {
  ledger.answer(held);
  const cart = await fill(shop, [{ product: 1, quantity: 1 }], 2);
  const before = ledger.received.length;
  expect(confirmed(await shopperOf(shop, cart).pay())).toBe(true);
  expect([await ordersOf(shop, cart), ledger.received.length - before]).toEqual([2, 1]);
});

describe('an order that costs nothing', () => {
  it('is refused as others are', async () => {
    expect(backAtCart(await shopperOf(shop, await cartOf()).payNothing())).toBe(true);
  });

  it('is one, when it is asked for twice at once, and its confirmation is of module -1', async () => {
    ledger.answer(held);
    const cart = await cartOf();
    const shopper = shopperOf(shop, cart);
    const pages = await Promise.all([shopper.payNothing(), shopper.payNothing()]);
    expect(await ordersOf(shop, cart)).toBe(1);
    for (const { leadsTo } of pages) expect(leadsTo).toContain('id_module=-1');
  });
});

describe('people and machines of the shop', () => {
  const asked = async (act: (cart: number) => Promise<unknown>): Promise<readonly [number, number]> => {
    const [cart, before] = [await cartOf(), ledger.received.length];
    await act(cart);
    return [await ordersOf(shop, cart), ledger.received.length - before];
  };

  it.each<[string, (cart: number) => Promise<unknown>]>([
    ['the back office', (cart) => visit(shop, `back.php?as=admin&cart=${cart}`)],
    ['the webservice', (cart) => visit(shop, `back.php?as=api&cart=${cart}`)],
    ['the command line', (cart) => shop.php('cli.php', String(cart))],
  ])('%s orders without being asked', async (_, act) => expect(await asked(act)).toEqual([1, 0]));
});

describe('a request that ends badly', () => {
  it.each(['fatal', 'memory', 'exit', 'time'])('by %s leaves the lock of its cart free', async (by) => {
    ledger.answer(held);
    const cart = await cartOf();
    await shopperOf(shop, cart).die(by);
    expect(await becomesTrue(() => isFree(cart), 60_000)).toBe(true);
    expect(confirmed(await shopperOf(shop, cart).pay())).toBe(true);
  });

  it('control: while it lives, it has it', async () => {
    const cart = await cartOf();
    const dying = shopperOf(shop, cart).die('word');
    expect(await becomesTrue(async () => !(await isFree(cart)), 60_000)).toBe(true);
    await shop.sql(`INSERT INTO ps_configuration (name, value) VALUES ('TOLD', '1')`);
    await dying;
    expect(await becomesTrue(() => isFree(cart), 60_000)).toBe(true);
  });

  it.each(['fatal', 'time'])('by %s leaves the row free where locks are rows', async (by) => {
    await shop.set({ LOCK_KIND: 'row' });
    ledger.answer(held);
    const cart = await cartOf();
    await shopperOf(shop, cart).die(by);
    const rows = (): Promise<readonly unknown[]> => shop.sql('SELECT name FROM ps_stockledger_lock');
    expect(await becomesTrue(async () => (await rows()).length === 0, 60_000)).toBe(true);
    expect(confirmed(await shopperOf(shop, cart).pay())).toBe(true);
  });
});

describe('whatever breaks in the module', () => {
  it('the shop sells: its tables are gone', async () => {
    ledger.answer(held);
    await shop.sql(
      'DROP TABLE ps_stockledger_breaker, ps_stockledger_note, ps_stockledger_hold, ps_stockledger_outbox',
    );
    const cart = await cartOf();
    expect((await shopperOf(shop, cart).paymentStep()).status).toBe(200);
    expect(confirmed(await shopperOf(shop, cart).pay())).toBe(true);
    expect(await ordersOf(shop, cart)).toBe(1);
    expect(await shop.log()).toContain('stockledger: SQLSTATE');
  });

  it('and the shop itself saw nothing of it', async () => {
    expect(await shop.log()).not.toMatch(/swallowed|PHP (?:Warning|Notice|Deprecated|Parse)/u);
  });
});
