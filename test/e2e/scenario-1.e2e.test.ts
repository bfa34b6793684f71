import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type LedgerServer } from './harness.js';
import { asPage } from './views.js';

/** Three reporters of one parcel: the warehouse is the author, the shop and the ERP are witnesses. */
type Reporter = 'wms' | 'web_shop' | 'erp';

let server: LedgerServer;
let keys: Readonly<Record<Reporter, string>>;
beforeAll(async () => {
  server = await startServer();
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'wms' });
  await server.ok('POST', '/v1/locations', { location: 'office', author: 'erp' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'web_shop', locations: ['wh1'] });
  const scopes = ['movements:write', 'orders:write'];
  keys = {
    wms: await server.keyFor('wms', ...scopes),
    web_shop: await server.keyFor('web_shop', ...scopes),
    erp: await server.keyFor('erp', ...scopes),
  };
  await report('wms', { kind: 'receipt', quantity: 10, sourceKey: 'opening', occurredAt: hoursAgo(30) });
});
afterAll(() => server.stop());

const order = { channel: 'web', orderKey: '501', line: '1' };
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const inTwoDays = hoursAgo(-48);

/** Every report comes twice: the second one counts for nothing. */
const report = async (by: Reporter, body: object): Promise<void> => {
  const movement = { sku: 'T', location: 'wh1', ...body };
  for (const repeated of [false, true])
    expect(await server.ok('POST', '/v1/movements', movement, { key: keys[by] })).toMatchObject({ repeated });
};
const issued = (quantity: number, sourceKey: string, occurredAt: string, more: object = {}): object => ({
  ...{ kind: 'issue', quantity, sourceKey, occurredAt },
  ...more,
});
const stands = async (): Promise<unknown> => {
  await server.caughtUp();
  return server.ok('GET', '/v1/stock/T');
};
const at = (sellable: number, committed: number, onHand: number): object => ({
  locations: [{ location: 'wh1', sellable, committed, onHand }],
});
const discrepancies = async (query = ''): Promise<readonly unknown[]> => {
  await server.caughtUp();
  return asPage(await server.ok('GET', `/v1/discrepancies${query}`)).rows;
};
const shopSays3 = {
  ...{ sku: 'T', kind: 'issue', connection: 'web_shop', by: 'order_line', order, location: 'wh1' },
  ...{ said: -3, author: -2, facts: 1 },
};

describe('scenario 1: one parcel, three reporters', () => {
  it('order 501 of 3 units: S 7, C 3', async () => {
    const lines = [{ line: '1', sku: 'T', ordered: 3 }];
    const snapshot = { version: 1, placedAt: hoursAgo(24), payment: 'paid', lines };
    await server.ok('PUT', '/v1/orders/web/501', snapshot, { key: keys.web_shop });
    expect(await stands()).toMatchObject(at(7, 3, 10));
  });

  it('the warehouse ships 2: S 7, C 1, on hand 8, and nothing is amiss', async () => {
    await report('wms', issued(2, '3SABC', hoursAgo(20), { order }));
    expect(await stands()).toMatchObject(at(7, 1, 8));
    expect(await discrepancies(`?at=${inTwoDays}`)).toEqual([]);
  });

  it('the shop says shipped 3: nothing moves, one open discrepancy', async () => {
    await report('web_shop', issued(3, '501-shipped', hoursAgo(19.9), { order }));
    expect(await stands()).toMatchObject(at(7, 1, 8));
    expect(await discrepancies()).toEqual([expect.objectContaining(shopSays3)]);
  });

  it('the ERP books a delivery note of 2: it is what the warehouse said', async () => {
    await report('erp', issued(2, 'DN-77', hoursAgo(16), { document: 'DN-77' }));
    expect(await stands()).toMatchObject(at(7, 1, 8));
    expect(await discrepancies(`?at=${inTwoDays}`)).toEqual([expect.objectContaining(shopSays3)]);
  });

  it('can be asked by SKU, location and connection', async () => {
    for (const query of ['?sku=T', '?location=wh1', '?connection=web_shop', '?sku=T&location=wh1&connection=web_shop'])
      expect(await discrepancies(query)).toHaveLength(1);
    for (const query of ['?sku=U', '?location=office', '?connection=erp'])
      expect(await discrepancies(query)).toEqual([]);
  });

  it('the warehouse ships 1 the next day: S 7, C 0, on hand 7, two issues, and the discrepancy has closed itself', async () => {
    await report('wms', issued(1, '3SABD', hoursAgo(1), { order }));
    expect(await stands()).toMatchObject(at(7, 0, 7));
    expect(await discrepancies(`?at=${inTwoDays}`)).toEqual([]);
    const types = asPage(await server.ok('GET', '/v1/stock/T/history')).rows.map(({ type }) => type);
    expect(types.filter((type) => type === 'StockIssued')).toHaveLength(2);
    expect(types.filter((type) => type === 'WitnessRecorded')).toHaveLength(2);
  });

  it('control: what no author says is open a day after it was recorded, until it is voided', async () => {
    const lost = { ...issued(4, 'DN-78', hoursAgo(2)), sourceVersion: 1 };
    await report('erp', lost);
    expect(await discrepancies()).toEqual([]);
    expect(await discrepancies(`?at=${inTwoDays}`)).toMatchObject([
      { by: 'fact', sourceKey: 'DN-78', said: -4, author: 0 },
    ]);
    await report('erp', { ...lost, quantity: 0, sourceVersion: 2 });
    expect(await discrepancies(`?at=${inTwoDays}`)).toEqual([]);
  });
});
