import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startShop, type Shop } from './shop/shop.js';
import { fill, offer, ordersOf, shopperOf, type Page } from './shop/shopper.js';
import { startStandIn, type Behaviour, type StandIn } from './shop/stand-in.js';

/** As the module has it. */
const failuresMax = 5;

let shop: Shop;
let ledger: StandIn;

beforeAll(async () => {
  shop = await startShop();
  await offer(shop, 1, 'MUG', 1_000);
});
beforeEach(async () => {
  ledger = await startStandIn('silent');
  await shop.set({ URL: ledger.url, KEY: 'sl_key', CHANNEL: 'shop', FAIL_MODE: 'open' });
  await mend();
});
afterEach(() => ledger.stop());
afterAll(() => shop.stop());

const mend = (): Promise<unknown> => shop.sql('UPDATE ps_stockledger_breaker SET failures = 0, open_until = 0');
const pauseIsOver = (): Promise<unknown> =>
  shop.sql('UPDATE ps_stockledger_breaker SET open_until = UNIX_TIMESTAMP() - 1');

const cartOf = (quantity = 1): Promise<number> => fill(shop, [{ product: 1, quantity }]);
const buy = async (): Promise<Page> => shopperOf(shop, await cartOf()).pay();
const buyTimes = async (count: number): Promise<void> => {
  for (let bought = 0; bought < count; bought += 1) expect((await buy()).leadsTo).toContain('order-confirmation');
};
const held = { status: 200, body: '{"lines": []}' };
const refused = {
  status: 409,
  body: '{"code": "insufficient", "sku": "MUG", "requested": 1, "available": 0, "held": 0}',
};

describe('a ledger that does not decide', () => {
  it.each<[string, Behaviour]>([
    ['is silent', 'silent'],
    ['hangs up', 'hangs up'],
    ['fails', { status: 500, body: '{"code": "internal"}' }],
    ['is too busy', { status: 429, body: '{"code": "busy"}' }],
    ['is a web page', { status: 404, body: '<html>Welcome</html>' }],
    ['does not know the key', { status: 401, body: '{"code": "key_invalid"}' }],
    ['answers half a number', { status: 200, body: '{"lines": [{"sku"' }],
  ])('that %s sells', async (_, behaviour) => {
    ledger.answer(behaviour);
    await buyTimes(1);
    expect(ledger.received.length).toBeGreaterThan(0);
  });

  it('control: one that refuses does not', async () => {
    ledger.answer(refused);
    expect((await buy()).leadsTo).toContain('controller=cart');
  });

  it('that cannot be reached sells', async () => {
    await shop.set({ URL: 'http://127.0.0.1:1' });
    await buyTimes(1);
  });
});

describe('after five failures in a row', () => {
  it('nobody asks, and everybody is served', async () => {
    await buyTimes(failuresMax + 3);
    expect(ledger.received).toHaveLength(failuresMax);
  });

  it('one of many asks when the pause is over, and as it is answered all do', async () => {
    await buyTimes(failuresMax);
    await pauseIsOver();
    await Promise.all([buy(), buy(), buy(), buy()]);
    expect(ledger.received).toHaveLength(failuresMax + 1);
    ledger.answer(held);
    await pauseIsOver();
    await buyTimes(3);
    expect(ledger.received).toHaveLength(failuresMax + 4);
  });

  it('control: an answer in between begins the count anew', async () => {
    await buyTimes(failuresMax - 1);
    ledger.answer(held);
    await buyTimes(1);
    ledger.answer('silent');
    await buyTimes(failuresMax - 1);
    expect(ledger.received).toHaveLength(2 * failuresMax - 1);
  });

  it('a key that is wrong is no failure of that kind, and is told on the configuration page', async () => {
    ledger.answer({ status: 403, body: '{"code": "scope_missing"}' });
    await buyTimes(failuresMax + 1);
    expect(ledger.received).toHaveLength(failuresMax + 1);
    const page = await (await fetch(`${shop.url}/back.php?as=admin&configure=1`)).text();
    expect(page).toContain('HTTP 403, scope_missing');
  });
});

describe('in fail mode closed', () => {
  beforeEach(() => shop.set({ FAIL_MODE: 'closed' }));

  it('a cart that nobody can decide about goes back, and says so', async () => {
    const cart = await cartOf();
    const page = await shopperOf(shop, cart).pay();
    expect(page.leadsTo).toContain('controller=cart');
    expect(page.message).toContain('We cannot check our stock');
    expect(await ordersOf(shop, cart)).toBe(0);
  });

  it('a cart that is held passes while its hold runs, unless it has changed', async () => {
    ledger.answer(held);
    const [cart, other] = [await cartOf(), await cartOf()];
    for (const each of [cart, other]) await shopperOf(shop, each).paymentStep();
    ledger.answer('silent');
    await shop.sql(`UPDATE ps_cart_product SET quantity = 2 WHERE id_cart = ${other}`);
    expect((await shopperOf(shop, other).pay()).leadsTo).toContain('controller=cart');
    expect((await shopperOf(shop, cart).pay()).leadsTo).toContain('order-confirmation');
  });

  it('what was paid already is never stopped', async () => {
    const cart = await cartOf();
    expect((await shopperOf(shop, cart).comeBack()).leadsTo).toContain('order-confirmation');
    expect(await ordersOf(shop, cart)).toBe(1);
  });
});

describe('what is asked', () => {
  it('has the lines, the time with a minute more, and the key', async () => {
    ledger.answer(held);
    const cart = await cartOf(3);
    await shopperOf(shop, cart).paymentStep();
    const [asked] = ledger.received;
    expect(asked?.path).toBe(`/v1/reservations/shop/1-${cart}`);
    expect(asked?.headers.authorization).toBe('Bearer sl_key');
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      lines: [{ sku: 'MUG', quantity: 3, listing: '1' }],
      ttlSeconds: 960,
    });
  });

  it('is nothing where there is nothing to ask about, or the gate is off', async () => {
    await offer(shop, 2, '', 5);
    await shopperOf(shop, await fill(shop, [{ product: 2, quantity: 1 }])).pay();
    await shop.set({ GATE: '0' });
    await buyTimes(1);
    await shop.set({ GATE: '1' });
    expect(ledger.received).toEqual([]);
  });
});

it('PHP had nothing to complain of', async () => {
  expect(await shop.log()).not.toMatch(/swallowed|stockledger:|PHP (?:Warning|Notice|Deprecated|Parse)/u);
});
