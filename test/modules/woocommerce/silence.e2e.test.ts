import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStandIn, type Behaviour, type StandIn } from '../prestashop/shop/stand-in.js';
import { complaintsOf, startShop, type Shop } from './shop/shop.js';
import { enter, fill, offer, ordersOf, shopperOf, type Answer, type Kind } from './shop/shopper.js';

/** As the module has it. */
const failuresMax = 5;

let shop: Shop;
let ledger: StandIn;

beforeAll(async () => {
  shop = await startShop();
  await offer(shop, 1, { sku: 'MUG', quantity: 1_000 });
});
beforeEach(async () => {
  ledger = await startStandIn('silent');
  await shop.set({ url: ledger.url, key: 'sl_key', channel: 'shop', fail_mode: 'open' });
  await shop.sql('UPDATE wp_stockledger_breaker SET failures = 0, open_until = 0');
});
afterEach(() => ledger.stop());
afterAll(() => shop.stop());

const mugs = (quantity = 1) => enter(shop, [{ product: 1, quantity }]);
const buy = async (kind: Kind = 'classic'): Promise<Answer> => shopperOf(shop, await mugs()).order(kind);
const buyTimes = async (count: number): Promise<void> => {
  for (let bought = 0; bought < count; bought += 1) expect((await buy()).leadsTo).toContain('order-received');
};
const held = { status: 200, body: '{"lines": []}' };
const refused = { status: 409, body: '{"code": "insufficient", "sku": "MUG", "requested": 1, "available": 0}' };

describe('a ledger that does not decide', () => {
  it.each<[string, Behaviour]>([
    ['is silent', 'silent'],
    ['hangs up', 'hangs up'],
    ['fails', { status: 500, body: '{"code": "internal"}' }],
    ['does not know the key', { status: 401, body: '{"code": "key_invalid"}' }],
    ['answers half a number', { status: 200, body: '{"lines": [{"sku"' }],
  ])('that %s sells in both checkouts', async (_, behaviour) => {
    ledger.answer(behaviour);
    for (const kind of ['classic', 'block'] as const) expect((await buy(kind)).leadsTo).toContain('order-received');
    expect(ledger.received.length).toBeGreaterThan(0);
  });

  it('control: one that refuses does not', async () => {
    ledger.answer(refused);
    expect((await buy()).said).toContain('Product &lt;1&gt; is not available any more');
  });

  it('that cannot be reached sells', async () => {
    await shop.set({ url: 'http://127.0.0.1:1' });
    await buyTimes(1);
  });
});

describe('after five failures in a row', () => {
  it('nobody asks, and everybody is served', async () => {
    await buyTimes(failuresMax + 2);
    expect(ledger.received).toHaveLength(failuresMax);
  });

  it('one asks when the pause is over, and as it is answered all do', async () => {
    await buyTimes(failuresMax);
    ledger.answer(held);
    await shop.sql('UPDATE wp_stockledger_breaker SET open_until = UNIX_TIMESTAMP() - 1');
    await buyTimes(2);
    expect(ledger.received).toHaveLength(failuresMax + 2);
  });
});

describe('in fail mode closed', () => {
  beforeEach(() => shop.set({ fail_mode: 'closed' }));

  it.each<Kind>(['classic', 'block'])('a cart that nobody can decide about makes no order: %s', async (kind) => {
    const session = await mugs();
    expect((await shopperOf(shop, session).order(kind)).said).toContain('We cannot check our stock');
    expect(await ordersOf(shop, session)).toEqual([]);
  });

  it('a cart that is held passes while its hold runs, unless it has changed', async () => {
    ledger.answer(held);
    const [session, other] = [await mugs(), await mugs()];
    for (const each of [session, other]) await shopperOf(shop, each).see('checkout');
    ledger.answer('silent');
    await fill(shop, other, [{ product: 1, quantity: 2 }]);
    expect((await shopperOf(shop, other).order('classic')).said).toContain('We cannot check our stock');
    expect((await shopperOf(shop, session).order('classic')).leadsTo).toContain('order-received');
  });
});

it('PHP had nothing to complain of', async () => expect(await complaintsOf(shop)).toEqual([]));
