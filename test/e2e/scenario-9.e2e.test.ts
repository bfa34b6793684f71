import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipt, startServer, type LedgerServer } from './harness.js';
import { asPage } from './views.js';

/** Everything comes in by HTTP; what the clock alone changes is asked for with the moment at which it will have. */
let server: LedgerServer;
const day = 86_400_000;
const today = new Date();
const inDays = (days: number): Date => new Date(today.getTime() + days * day);
const eta = inDays(5).toISOString();
const overdueAt = `${inDays(6).toISOString().slice(0, 10)}T00:00:00.000Z`;

const expected = (version: number, rest: object = {}) => ({
  ...{ kind: 'incoming', sku: 'X', location: 'wh1', quantity: 20, sourceKey: 'PO1', sourceVersion: version },
  ...{ orderedAt: inDays(-3).toISOString(), confirmed: true, confidence: 9_000 },
  ...rest,
});
const order = (orderKey: string, ordered: number) =>
  server.ok('PUT', `/v1/orders/web/${orderKey}`, {
    version: 1,
    placedAt: today.toISOString(),
    lines: [{ line: '1', sku: 'X', ordered }],
  });
const availability = async (channel: string): Promise<unknown> => {
  await server.caughtUp();
  return server.ok('GET', `/v1/availability/X?channel=${channel}`);
};
const stock = async (): Promise<unknown> => {
  await server.caughtUp();
  return server.ok('GET', '/v1/stock/X');
};
const backorders = async (query: string) => asPage(await server.ok('GET', `/v1/backorders${query}`)).rows;
const quota = (channel: string, priority: number) =>
  server.ok('PUT', `/v1/stock/X/quotas/${channel}/wh1`, { quantity: 10, priority });

beforeAll(async () => {
  server = await startServer({ env: { SWEEP_EVERY_MILLIS: '50' } });
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  for (const channel of ['b2b', 'vip'])
    await server.ok('POST', '/v1/channels', { channel, connection: 'operator', locations: ['wh1'] });
  const backorder = { horizonDays: 7 };
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'], backorder });
  await server.ok('POST', '/v1/movements', receipt({ sku: 'X', quantity: 12, sourceKey: 'first' }));
});
afterAll(() => server.stop());

describe('scenario 9: quotas, a late purchase order, and the receipt', () => {
  it('B2B has 10, VIP 2 of 10, and the web none now but 14 for a day', async () => {
    expect(await quota('b2b', 0)).toMatchObject({ fenced: 10, lacking: 0 });
    expect(await quota('vip', 1)).toMatchObject({ fenced: 2, lacking: 8 });
    await server.ok('POST', '/v1/movements', expected(1, { eta }));
    const promised = { line: '1', status: 'backordered', committed: 0, backordered: [{ quantity: 4, date: eta }] };
    expect(await order('1', 4)).toMatchObject({ lines: [promised] });
    expect(await availability('web')).toMatchObject({
      atp: 14,
      tranches: [{ quantity: 14, availableAt: eta, incomingLine: 'PO1' }],
      state: 'backorder',
      validUntil: overdueAt,
    });
    expect(await availability('b2b')).toMatchObject({ atp: 10, tranches: [{ quantity: 10 }] });
    expect(await availability('vip')).toMatchObject({ atp: 2, tranches: [{ quantity: 2 }] });
    expect(await stock()).toMatchObject({
      quotas: [
        { channel: 'b2b', lacking: 0 },
        { channel: 'vip', lacking: 8 },
      ],
    });
    expect(await server.ok('GET', '/v1/incoming')).toMatchObject({
      rows: [{ line: 'PO1', remaining: 20, pledged: 4 }],
    });
  });

  it('the promises are at risk once the day has passed without a delivery', async () => {
    expect(await backorders('')).toMatchObject([{ orderKey: '1', quantity: 4, incomingLine: 'PO1', date: eta }]);
    expect(await backorders(`?atRisk=true&at=${overdueAt.slice(0, 11)}00:00:00Z`)).toMatchObject([
      { orderKey: '1', atRisk: { units: 4, why: 'overdue' } },
    ]);
    expect(await backorders('?atRisk=true')).toEqual([]);
  });

  it('a cart is refused while nobody knows when it comes, and the promises are at risk', async () => {
    await server.ok('POST', '/v1/movements', expected(2));
    const asked = await server.call('PUT', '/v1/reservations/web/c1', { body: { lines: [{ sku: 'X', quantity: 1 }] } });
    expect(asked).toMatchObject({ status: 409, body: { code: 'eta_unknown', requested: 1, available: 0 } });
    expect(await availability('web')).toMatchObject({ atp: 0, tranches: [] });
    expect(await backorders('?atRisk=true')).toMatchObject([{ atRisk: { units: 4, why: 'eta_unknown' } }]);
  });

  it('a receipt serves who is owed, then who was promised, then the quota that lacks units', async () => {
    expect(await order('2', 3)).toMatchObject({ lines: [{ line: '1', status: 'unsourced', unsourced: 3 }] });
    expect(await stock()).toMatchObject({ oversold: 3 });
    await server.ok('POST', '/v1/movements', receipt({ sku: 'X', quantity: 15, sourceKey: 'second' }));
    expect(await stock()).toMatchObject({
      oversold: 0,
      locations: [
        { location: 'unsourced:web', sellable: 0, committed: 0 },
        { location: 'wh1', sellable: 0, committed: 7, fenced: { b2b: 10, vip: 10 } },
      ],
    });
    expect(await backorders('')).toEqual([]);
    for (const orderKey of ['1', '2'])
      expect(await server.ok('GET', `/v1/orders/web/${orderKey}`)).toMatchObject({
        standings: [{ committed: [{ location: 'wh1' }] }],
      });
  });
});
