import { afterEach, describe, expect, it } from 'vitest';
import { startMarketplace, type Fault, type MarketplaceServer, type MarketplaceServerOptions } from '../index.js';

let server: MarketplaceServer | undefined;

afterEach(() => server?.stop());

const start = async (options: MarketplaceServerOptions = {}) => {
  const started = await startMarketplace(options);
  server = started;
  const offer = started.market.offers.create({ reference: 'mug', amount: 3 });
  const ask = async (method: string, path: string, body?: unknown, token = started.token) => {
    const response = await fetch(`${started.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  const setStock = (amount: unknown) =>
    ask('PUT', `/retailer/offers/${offer}/stock`, { amount, managedByRetailer: true });
  return { ...started, offer, ask, setStock, amount: () => started.market.offers.find(offer)?.amount };
};

const json = ({ text }: { readonly text: string }): unknown => JSON.parse(text);

describe('the API of the marketplace', () => {
  it('accepts a figure, and says what became of it', async () => {
    const { ask, setStock, offer, market } = await start();
    const goOn = market.holdProcesses();
    const accepted = await setStock(7);
    expect([accepted.status, json(accepted)]).toMatchObject([
      202,
      { processStatusId: '1', entityId: offer, eventType: 'UPDATE_OFFER_STOCK', status: 'PENDING' },
    ]);
    goOn();
    expect(json(await ask('GET', '/shared/process-status/1'))).toMatchObject({ status: 'SUCCESS' });
    const queries = { processStatusQueries: [{ processStatusId: '1' }, { processStatusId: '99' }] };
    expect(json(await ask('POST', '/shared/process-status', queries))).toMatchObject({
      processStatuses: [{ processStatusId: '1', status: 'SUCCESS' }],
    });
    expect(json(await ask('GET', `/retailer/offers/${offer}`))).toMatchObject({ stock: { amount: 7 } });
  });

  it.each([[-1], [1_000], [1.5], ['7'], [undefined]])('refuses the figure %s', async (amount) => {
    const { setStock, amount: shown } = await start();
    const refused = await setStock(amount);
    expect([refused.status, shown()]).toEqual([400, 3]);
    expect(json(refused)).toMatchObject({ violations: [{ name: 'amount' }] });
  });

  it('sets a figure on a condition where it counts down, and says what is shown where it does not', async () => {
    const { ask, offer, amount } = await start({ countsDown: true });
    const setWhere = (expectedAmount?: number) =>
      ask('PUT', `/retailer/offers/${offer}/stock`, { amount: 7, expectedAmount, managedByRetailer: true });
    const unconditional = await setWhere();
    expect([unconditional.status, json(unconditional)]).toMatchObject([
      400,
      { violations: [{ name: 'expectedAmount' }] },
    ]);
    const refused = await setWhere(4);
    expect([refused.status, json(refused), amount()]).toMatchObject([409, { amount: 3 }, 3]);
    const done = await setWhere(3);
    expect([done.status, json(done), amount()]).toMatchObject([200, { stock: { amount: 7 } }, 7]);
  });

  it('lists offers and orders by the page, without offers in the list of orders', async () => {
    const { ask, market, offer } = await start();
    for (let made = 0; made < 51; made += 1) market.orders.place([{ offer, units: 1 }]);
    const list = (page: number) => ask('GET', `/retailer/orders?change-interval-minute=5&status=ALL&page=${page}`);
    expect((json(await list(1)) as { orders: unknown[] }).orders).toHaveLength(50);
    expect(json(await list(2))).toMatchObject({ orders: [{ orderId: 'C000000051' }] });
    expect(json(await list(3))).toEqual({});
    expect((await list(1)).text).not.toContain(offer);
    expect(json(await ask('GET', '/retailer/orders/C000000051'))).toMatchObject({
      orderItems: [{ quantity: 1, offer: { offerId: offer, reference: 'mug' } }],
    });
    expect(json(await ask('GET', '/retailer/offers?page=1'))).toMatchObject({ offers: [{ offerId: offer }] });
    expect(json(await ask('GET', '/retailer/offers?page=2'))).toEqual({ offers: [] });
  });

  it('cancels one item a request', async () => {
    const { ask, market, offer } = await start();
    const order = market.orders.place([{ offer, units: 2 }]);
    const item = { orderItemId: `${order}-1`, reasonCode: 'OUT_OF_STOCK' };
    const cancel = (orderItems: readonly unknown[]) => ask('PUT', '/retailer/orders/cancellation', { orderItems });
    expect((await cancel([item, item])).status).toBe(400);
    expect((await cancel([item])).status).toBe(202);
    expect(market.orders.find(order)).toMatchObject({ rows: [{ cancelled: 2 }] });
  });

  it.each([
    ['GET', '/retailer/offers/none', 404],
    ['GET', '/retailer/orders/none', 404],
    ['GET', '/shared/process-status/none', 404],
    ['GET', '/nowhere', 404],
    ['GET', '/retailer/orders?change-interval-minute=61', 400],
    ['GET', '/retailer/orders', 400],
  ])('answers %s %s with %i', async (method, path, status) => {
    const { ask } = await start();
    expect((await ask(method, path)).status).toBe(status);
  });

  it('believes its own token alone', async () => {
    const { ask } = await start();
    expect((await ask('GET', '/retailer/offers', undefined, 'another')).status).toBe(401);
  });
});

describe('limits', () => {
  it('bound requests about one thing, and say when to come again', async () => {
    let now = 0;
    const { setStock, ask } = await start({
      now: () => now,
      limits: { stock: { requests: 2, perMillis: 10_000 } },
    });
    const statuses = [];
    for (let request = 0; request < 3; request += 1) statuses.push((await setStock(request)).status);
    expect(statuses).toEqual([202, 202, 429]);
    const refused = await setStock(9);
    const names = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'];
    expect(names.map((name) => refused.headers.get(name))).toEqual(['2', '0', '10', '10']);
    expect((await ask('GET', '/retailer/offers')).status).toBe(200);
    now += 10_000;
    expect((await setStock(9)).status).toBe(202);
  });
});

describe('faults on demand', () => {
  it.each<readonly [string, Fault, number, number]>([
    ['away', { kind: 'away', status: 500 }, 500, 3],
    ['a page for people', { kind: 'html' }, 200, 3],
    ['an error after it was done', { kind: 'error_after_commit' }, 500, 7],
    ['slow', { kind: 'slow', ms: 5 }, 202, 7],
  ])('%s', async (_, fault, status, shown) => {
    const { setStock, amount, faults } = await start();
    faults.add({ fault, resource: 'stock', times: 1 });
    expect((await setStock(7)).status).toBe(status);
    expect(amount()).toBe(shown);
    expect((await setStock(8)).status).toBe(202);
  });

  it.each<readonly [string, Fault, number]>([
    ['a connection that is reset, done', { kind: 'reset', commits: true }, 7],
    ['a connection that is reset, not done', { kind: 'reset', commits: false }, 3],
    ['half an answer', { kind: 'truncate', bytes: 5 }, 7],
  ])('%s', async (_, fault, shown) => {
    const { setStock, amount, faults } = await start();
    faults.add({ fault, times: 1 });
    await expect(setStock(7)).rejects.toThrow();
    expect(amount()).toBe(shown);
  });

  it('begin after so many requests, about one thing, until they are healed', async () => {
    const { setStock, ask, faults } = await start();
    const heal = faults.add({ fault: { kind: 'away', status: 503 }, resource: 'stock', after: 1 });
    expect([(await setStock(1)).status, (await setStock(2)).status]).toEqual([202, 503]);
    expect((await ask('GET', '/retailer/offers')).status).toBe(200);
    heal();
    expect((await setStock(2)).status).toBe(202);
  });
});
