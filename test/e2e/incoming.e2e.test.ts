import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipt, startServer, type LedgerServer } from './harness.js';
import { asPage } from './views.js';

let server: LedgerServer;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

beforeAll(async () => {
  server = await startServer({ env: { SWEEP_EVERY_MILLIS: '50' } });
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  const backorder = { horizonDays: 30 };
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'], backorder });
  for (const sku of ['A', 'GAME'])
    await server.ok('POST', '/v1/movements', receipt({ sku, quantity: 2, sourceKey: `first-${sku}` }));
});
afterAll(() => server.stop());

const incoming = (rest: object) => ({
  ...{ kind: 'incoming', sku: 'A', location: 'wh1', quantity: 5, sourceKey: 'PO', confirmed: true },
  ...rest,
});
const availability = async (sku: string): Promise<unknown> => {
  await server.caughtUp();
  return server.ok('GET', `/v1/availability/${sku}?channel=web`);
};

describe('a purchase order that cannot be right', () => {
  it.each([
    ['arrives before it was ordered', { orderedAt: inDays(-2), eta: inDays(-3) }, 422, 'eta_before_order'],
    ['has an ETA without a zone', { eta: '2030-01-01T00:00:00' }, 400, 'invalid_timestamp'],
    ['has a day for an ETA', { eta: '2030-01-01' }, 400, 'invalid_timestamp'],
    ['is counted on more than whole', { confidence: 10_001 }, 400, 'invalid_value'],
    ['is of a fraction', { quantity: 1.5 }, 400, 'invalid_number'],
    ['is of fewer than none', { quantity: -1 }, 400, 'invalid_quantity'],
    ['goes nowhere', { location: 'nowhere' }, 404, 'unknown_location'],
  ])('is refused where it %s, and nothing is stored', async (_, rest, status, code) => {
    const answer = await server.call('POST', '/v1/movements', { body: incoming(rest) });
    expect(answer).toMatchObject({ status, body: { code } });
    await server.caughtUp();
    expect(asPage(await server.ok('GET', '/v1/incoming')).rows).toEqual([]);
  });
});

describe('a cart and an order of goods that have yet to come', () => {
  it('are told which units come when', async () => {
    const eta = inDays(3);
    await server.ok('POST', '/v1/movements', incoming({ eta }));
    const held = await server.ok('PUT', '/v1/reservations/web/c1', { lines: [{ sku: 'A', quantity: 4 }] });
    const promised = [{ incomingLine: 'PO', quantity: 2, date: eta }];
    expect(held).toMatchObject({ lines: [{ sku: 'A', held: 4, incoming: promised }] });
    const order = { version: 1, placedAt: inDays(0), cart: 'c1', lines: [{ line: '1', sku: 'A', ordered: 4 }] };
    expect(await server.ok('PUT', '/v1/orders/web/1', order)).toMatchObject({
      lines: [{ status: 'backordered', committed: 2, unsourced: 0, backordered: promised }],
    });
    expect(await availability('A')).toMatchObject({ atp: 3, state: 'backorder' });
    await server.ok('POST', '/v1/movements', receipt({ sku: 'A', quantity: 2, sourceKey: 'PO-1', incomingLine: 'PO' }));
    await server.caughtUp();
    expect(await server.ok('GET', '/v1/orders/web/1')).toMatchObject({ standings: [{ committed: [{ quantity: 4 }] }] });
    expect(asPage(await server.ok('GET', '/v1/incoming')).rows).toMatchObject([
      { received: 2, remaining: 3, pledged: 0 },
    ]);
  });
});

describe('a pre-order', () => {
  const policy = (preorder: object) => ({ revision: -1, channels: { web: { preorder } } });

  it('is refused where it ends before it begins, or sells fewer than none', async () => {
    const wrong = policy({ opensAt: inDays(2), releaseAt: inDays(1), unitsMax: 1 });
    expect(await server.call('PUT', '/v1/skus/GAME/policy', { body: wrong })).toMatchObject({
      status: 400,
      body: { code: 'invalid_value', field: 'channels.web.preorder.releaseAt' },
    });
    const negative = policy({ opensAt: inDays(1), releaseAt: inDays(2), unitsMax: -1 });
    expect(await server.call('PUT', '/v1/skus/GAME/policy', { body: negative })).toMatchObject({ status: 400 });
    expect(await availability('GAME')).toMatchObject({ atp: 2, state: 'in_stock' });
  });

  it('sells up to its cap for the day of the release, and says so in every answer', async () => {
    const releaseAt = inDays(10);
    await server.ok('PUT', '/v1/skus/GAME/policy', policy({ opensAt: inDays(-1), releaseAt, unitsMax: 6 }));
    expect(await availability('GAME')).toMatchObject({
      atp: 6,
      tranches: [{ quantity: 6, availableAt: releaseAt }],
      state: 'preorder',
      validUntil: releaseAt,
    });
    const order = { version: 1, placedAt: inDays(0), lines: [{ line: '1', sku: 'GAME', ordered: 5 }] };
    expect(await server.ok('PUT', '/v1/orders/web/2', order)).toMatchObject({
      lines: [{ status: 'backordered', committed: 2, backordered: [{ quantity: 3, date: releaseAt }] }],
    });
    await server.caughtUp();
    const explanation = await server.ok('GET', '/v1/availability/GAME/explanation?channel=web');
    const origin = { stream: 'policy-sku-GAME', revision: 0 };
    expect(explanation).toMatchObject({
      atp: 1,
      terms: [
        { term: 'preorder', quantity: 6, origin },
        { term: 'preordered', quantity: -5 },
      ],
    });
    const { at } = explanation as { readonly at: string };
    expect(await server.ok('GET', `/v1/availability/GAME/explanation?channel=web&knownAt=${at}`)).toMatchObject({
      atp: 1,
      state: 'preorder',
    });
    const late = `?atRisk=true&sku=GAME&at=${encodeURIComponent(inDays(11))}`;
    expect(asPage(await server.ok('GET', `/v1/backorders${late}`)).rows).toMatchObject([
      { orderKey: '2', atRisk: { units: 3, why: 'overdue' } },
    ]);
    expect(asPage(await server.ok('GET', '/v1/backorders?atRisk=true&sku=GAME')).rows).toEqual([]);
  });
});
