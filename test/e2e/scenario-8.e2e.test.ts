import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type LedgerServer } from './harness.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await server.ok('POST', '/v1/locations', { location: 'a', author: 'shop_a' });
  await server.ok('POST', '/v1/locations', { location: 'b', author: 'wms' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'web_shop', locations: ['a', 'b'] });
  keys = {
    shop_a: await server.keyFor('shop_a', 'movements:write', 'orders:write'),
    wms: await server.keyFor('wms', 'movements:write', 'orders:write'),
    web_shop: await server.keyFor('web_shop', 'orders:write', 'reservations:write', 'stock:read'),
  };
});
afterAll(() => server.stop());

type Body = Readonly<Record<string, unknown>>;
let keys: Readonly<Record<'shop_a' | 'wms' | 'web_shop', string>>;

const sku = 'SHIRT';
const orderLine = (orderKey: string): Body => ({ channel: 'web', orderKey, line: '1' });

/** Every report comes twice: the second one counts for nothing. */
const report = async (by: 'shop_a' | 'wms', body: Body): Promise<void> => {
  for (const repeated of [false, true])
    expect(await server.ok('POST', '/v1/movements', { sku, ...body }, { key: keys[by] })).toMatchObject({ repeated });
};
/** So does every request about a commitment, under the key that makes the two one. */
const speak = async (by: keyof typeof keys, what: string, id: string, body: Body): Promise<unknown> => {
  const options = { key: keys[by], headers: { 'idempotency-key': id } };
  const first = await server.ok('POST', `/v1/commitments/${what}`, { sku, ...body }, options);
  expect(first).toMatchObject({ repeated: false });
  const again = await server.ok('POST', `/v1/commitments/${what}`, { sku, ...body }, options);
  expect(again).toMatchObject({ repeated: true, line: (first as Body)['line'], events: (first as Body)['events'] });
  return first;
};
const orders = async (orderKey: string, version: number, ordered: number, cancelled = 0): Promise<void> => {
  const lines = [{ line: '1', sku, ordered, cancelled }];
  const order = { version, placedAt: '2026-01-05T10:00:00Z', payment: 'paid', lines };
  await server.ok('PUT', `/v1/orders/web/${orderKey}`, order, { key: keys.web_shop });
};
const balances = async (): Promise<Record<string, Body>> => {
  await server.caughtUp();
  const stock = (await server.ok('GET', `/v1/stock/${sku}`)) as { readonly locations: readonly Body[] };
  return Object.fromEntries(stock.locations.map((place) => [String(place['location']), place]));
};
const standing = (orderKey: string): Promise<unknown> => server.ok('GET', `/v1/orders/web/${orderKey}`);

describe('scenario 8: the shop cannot ship it; the customer cancels', () => {
  it('order of 3: A 2, B 1', async () => {
    await report('shop_a', { kind: 'receipt', location: 'a', quantity: 2, sourceKey: 'opening-a' });
    await report('wms', { kind: 'receipt', location: 'b', quantity: 5, sourceKey: 'opening-b' });
    await orders('o1', 1, 3);
    expect(await balances()).toMatchObject({ a: { sellable: 0, committed: 2 }, b: { sellable: 4, committed: 1 } });
  });

  it('A ships 1 and reports 1 short: at once A S 0 C 0 Q 1, B S 3 C 2', async () => {
    await report('shop_a', {
      ...{ kind: 'issue', location: 'a', quantity: 1, sourceKey: 'parcel-1' },
      order: orderLine('o1'),
    });
    const move = { order: orderLine('o1'), from: 'a', quantity: 1, reason: 'short_pick' };
    expect(await speak('shop_a', 'moves', 'short-1', move)).toMatchObject({
      line: { committed: [{ location: 'b', quantity: 2 }], unsourced: 0, issued: 1 },
      events: [{ type: 'CommitmentMoved', data: { from: 'a', to: 'b', quantity: 1, reason: 'short_pick' } }],
    });
    expect(await balances()).toMatchObject({
      a: { sellable: 0, committed: 0, quarantined: 1, onHand: 1 },
      b: { sellable: 3, committed: 2, onHand: 5 },
    });
  });

  it('its own adjustment an hour later takes the unit once; B ships 2: the customer has 3', async () => {
    const adjustment = { kind: 'adjustment', location: 'a', quantity: -1, sourceKey: 'adj-1', reason: 'not found' };
    await report('shop_a', adjustment);
    expect(await balances()).toMatchObject({ a: { sellable: 0, quarantined: 0, onHand: 0 } });
    await report('wms', {
      ...{ kind: 'issue', location: 'b', quantity: 2, sourceKey: 'parcel-2' },
      order: orderLine('o1'),
    });
    expect(await balances()).toMatchObject({ a: { onHand: 0 }, b: { onHand: 3, sellable: 3, committed: 0 } });
    expect(await standing('o1')).toMatchObject({ standings: [{ sku, issued: 3, committed: [], returnExpected: 0 }] });
  });

  it('sent and cancelled: nobody else can buy it; it ships all the same: on hand -1 once, return expected 1', async () => {
    await orders('o2', 1, 1);
    const at = { order: orderLine('o2'), location: 'b', quantity: 1 };
    await speak('wms', 'acknowledgements', 'ask-1', { ...at, state: 'sent' });
    await orders('o2', 2, 1, 1);
    expect(await balances()).toMatchObject({ b: { sellable: 2, committed: 1 } });
    const cart = { body: { lines: [{ sku, quantity: 3 }] }, key: keys.web_shop };
    expect(await server.call('PUT', '/v1/reservations/web/late', cart)).toMatchObject({
      status: 409,
      body: { code: 'insufficient', requested: 3, available: 2 },
    });
    // The cancellation comes too late: the warehouse keeps to the shipment, and ships
    await speak('wms', 'acknowledgements', 'keeps-1', { ...at, state: 'acknowledged' });
    expect(await balances()).toMatchObject({ b: { sellable: 2, committed: 1 } });
    await report('wms', {
      ...{ kind: 'issue', location: 'b', quantity: 1, sourceKey: 'parcel-3' },
      order: orderLine('o2'),
    });
    expect(await balances()).toMatchObject({ b: { sellable: 2, committed: 0, onHand: 2 } });
    expect(await standing('o2')).toMatchObject({
      targets: [{ ordered: 1, promised: 0 }],
      standings: [{ sku, committed: [], sent: [], issued: 1, returned: 0, returnExpected: 1 }],
    });
    const back = { kind: 'return', location: 'b', quantity: 1, disposition: 'sellable', sourceKey: 'rma-1' };
    await report('wms', { ...back, order: orderLine('o2') });
    expect(await standing('o2')).toMatchObject({ standings: [{ returned: 1, returnExpected: 0 }] });
    expect(await balances()).toMatchObject({ b: { sellable: 3, onHand: 3 } });
  });
});

describe('requests about commitments', () => {
  const move = (more: Body = {}): Body => ({
    ...{ sku, order: orderLine('o3'), from: 'b', to: 'a', quantity: 1, reason: 'resourced' },
    ...more,
  });
  const acknowledgement = (more: Body = {}): Body => ({
    ...{ sku, order: orderLine('o3'), location: 'b', quantity: 1, state: 'sent' },
    ...more,
  });
  beforeAll(() => orders('o3', 1, 1));

  it.each<[string, Body, number, string, string | undefined]>([
    ['a place that is none', move({ from: 'Unsourced:web' }), 400, 'invalid_code', 'from'],
    ['no units', move({ quantity: 0 }), 400, 'invalid_quantity', 'quantity'],
    ['a reason nobody knows', move({ reason: 'oversold_served' }), 400, 'invalid_value', 'reason'],
    ['no order', move({ order: undefined }), 400, 'missing_field', 'order'],
    [
      'an order without a line',
      move({ order: { channel: 'web', orderKey: 'o3' } }),
      400,
      'missing_field',
      'order.line',
    ],
    ['an unknown SKU', move({ sku: 'NEVER' }), 404, 'unknown_sku', 'sku'],
    ['an unknown line', move({ order: orderLine('o9') }), 404, 'unknown_order_line', undefined],
    ["another channel's owed units", move({ from: 'unsourced:b2b' }), 404, 'unknown_location', 'location'],
    ['units that are not committed there', move({ quantity: 2 }), 409, 'not_committed_there', 'location'],
    ['a place without units', move(), 409, 'location_short', 'to'],
  ])('a move with %s is refused', async (_, body, status, code, field) => {
    const answer = await server.call('POST', '/v1/commitments/moves', { body });
    expect(answer).toMatchObject({ status, body: { code, ...(field !== undefined && { field }) } });
  });

  it.each<[string, Body, number, string, string | undefined]>([
    ['a state nobody knows', acknowledgement({ state: 'shipped' }), 400, 'invalid_value', 'state'],
    ['owed units', acknowledgement({ location: 'unsourced:web' }), 400, 'invalid_code', 'location'],
    ['more than is committed', acknowledgement({ quantity: 2 }), 409, 'not_committed_there', 'location'],
    ['a refusal of what nobody sent', acknowledgement({ state: 'refused' }), 409, 'not_committed_there', 'location'],
  ])('an acknowledgement of %s is refused', async (_, body, status, code, field) => {
    const answer = await server.call('POST', '/v1/commitments/acknowledgements', { body });
    expect(answer).toMatchObject({ status, body: { code, ...(field !== undefined && { field }) } });
  });

  it('are for the channel, who issues at the location, and people; with the scope', async () => {
    const stranger = await server.keyFor('erp', 'orders:write');
    const reader = await server.keyFor('wms', 'movements:write');
    for (const [path, body] of [
      ['/v1/commitments/moves', move()],
      ['/v1/commitments/acknowledgements', acknowledgement()],
    ] as const) {
      expect(await server.call('POST', path, { body, key: stranger })).toMatchObject({ body: { code: 'not_author' } });
      expect(await server.call('POST', path, { body, key: keys.shop_a })).toMatchObject({ status: 403 });
      expect(await server.call('POST', path, { body, key: reader })).toMatchObject({ body: { code: 'scope_missing' } });
    }
    expect(await server.call('POST', '/v1/commitments/acknowledgements', { body: acknowledgement() })).toMatchObject({
      status: 200,
      body: { line: { sent: [{ location: 'b', quantity: 1 }] } },
    });
  });

  it('an id says one thing', async () => {
    const headers = { 'idempotency-key': 'once' };
    const body = acknowledgement({ state: 'acknowledged' });
    expect(await server.call('POST', '/v1/commitments/acknowledgements', { body, headers })).toMatchObject({
      status: 200,
    });
    const other = acknowledgement({ state: 'refused' });
    expect(await server.call('POST', '/v1/commitments/acknowledgements', { body: other, headers })).toMatchObject({
      status: 409,
      body: { code: 'command_id_reused' },
    });
  });
});
