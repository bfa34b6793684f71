import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipt, startServer, type LedgerServer } from './harness.js';
import { asPage } from './views.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  for (const location of ['near', 'shut', 'far'])
    await server.ok('POST', '/v1/locations', { location, author: 'operator' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['near', 'shut'] });
  await server.ok('POST', '/v1/channels', { channel: 'b2b', connection: 'operator', locations: ['near'] });
  await server.ok('POST', '/v1/movements', receipt({ location: 'far', quantity: 4, sourceKey: 'far' }));
  await server.ok('POST', '/v1/movements', receipt({ location: 'shut', quantity: 7, sourceKey: 'shut' }));
  const broken = { location: 'near', quantity: 2, sourceKey: 'near', bucket: 'quarantined' };
  await server.ok('POST', '/v1/movements', receipt(broken));
  const shut = { revision: 0, author: 'operator', kind: 'own', state: 'counting' };
  await server.ok('PUT', '/v1/locations/shut', shut);
  await orders('web', 'late', 3, '2026-01-05T11:00:00Z');
  await orders('web', 'early', 1, '2026-01-05T10:00:00Z');
  await orders('b2b', 'unpaid', 2, '2026-01-05T09:00:00Z', { payment: 'pending' });
  await orders('b2b', 'other', 1, '2026-01-05T12:00:00Z', { sku: 'B' });
  await server.caughtUp();
});
afterAll(() => server.stop());

const orders = (channel: string, key: string, ordered: number, placedAt: string, more: object = {}) => {
  const { sku = 'A', payment = 'paid' } = more as { sku?: string; payment?: string };
  const order = { version: 1, placedAt, payment, lines: [{ line: '1', sku, ordered }] };
  return server.ok('PUT', `/v1/orders/${channel}/${key}`, order);
};
const listed = async (query = '') => {
  await server.caughtUp();
  return asPage(await server.ok('GET', `/v1/oversold${query}`));
};
const keysOf = (rows: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  rows.map(({ orderKey }) => orderKey);

describe('the oversold list', () => {
  it('has paid lines first, then the oldest; page by page the same', async () => {
    const all = ['early', 'late', 'other', 'unpaid'];
    expect(keysOf((await listed()).rows)).toEqual(all);
    const read: unknown[] = [];
    let query = '?limit=1';
    for (;;) {
      const { rows, next } = await listed(query);
      read.push(...keysOf(rows));
      if (next === undefined) break;
      query = `?limit=1&cursor=${next}`;
    }
    expect(read).toEqual(all);
  });

  it('can be of one channel or one SKU', async () => {
    expect(keysOf((await listed('?channel=web')).rows)).toEqual(['early', 'late']);
    expect(keysOf((await listed('?sku=B')).rows)).toEqual(['other']);
    expect((await listed('?channel=web&sku=B')).rows).toEqual([]);
  });

  it('says what could cover a line, and whether its channel sells from there', async () => {
    const { rows } = await listed('?sku=A');
    expect(rows).toMatchObject([
      {
        ...{ orderKey: 'early', quantity: 1, paid: true },
        places: [
          { location: 'shut', state: 'counting', ofChannel: true, sellable: 7, quarantined: 0 },
          { location: 'far', state: 'open', ofChannel: false, sellable: 4, quarantined: 0 },
          { location: 'near', state: 'open', ofChannel: true, sellable: 0, quarantined: 2 },
        ],
      },
      { orderKey: 'late' },
      {
        orderKey: 'unpaid',
        places: [{ location: 'shut', ofChannel: false }, { location: 'far' }, { location: 'near' }],
      },
    ]);
    expect((await listed('?sku=B')).rows).toMatchObject([{ places: [], transfers: [] }]);
  });

  it('says which units are on their way, until they have arrived', async () => {
    const transfer = { transfer: 'truck-1', sku: 'A', quantity: 2 };
    const dispatch = { kind: 'transfer_dispatch', ...transfer, location: 'far', to: 'near', sourceKey: 'out' };
    await server.ok('POST', '/v1/movements', dispatch);
    const under = { transfers: [{ transfer: 'truck-1', to: 'near', quantity: 2 }] };
    expect((await listed('?channel=web')).rows).toMatchObject([under, under]);
    await server.ok('POST', '/v1/movements', { ...dispatch, quantity: 0, sourceVersion: 2 });
    expect((await listed('?channel=web')).rows).toMatchObject([{ transfers: [] }, { transfers: [] }]);
  });

  it('is shorter when a line has been re-sourced, and empty of a SKU that came in', async () => {
    const order = { channel: 'web', orderKey: 'late', line: '1' };
    const move = { sku: 'A', order, from: 'unsourced:web', to: 'far', quantity: 3, reason: 'resourced' };
    expect(await server.ok('POST', '/v1/commitments/moves', move)).toMatchObject({ line: { unsourced: 0 } });
    expect(keysOf((await listed('?sku=A')).rows)).toEqual(['early', 'unpaid']);
    await server.ok('POST', '/v1/movements', receipt({ location: 'near', quantity: 3, sourceKey: 'more' }));
    expect((await listed('?sku=A')).rows).toEqual([]);
  });

  it.each([
    ['?channel=Web', 'invalid_code'],
    ['?cursor=WyJBIl0', 'invalid_cursor'],
    [`?cursor=${Buffer.from('["false","soon","","","",""]').toString('base64url')}`, 'invalid_cursor'],
    ['?limit=0', 'invalid_value'],
  ])('refuses %s', async (query, code) => {
    expect(await server.call('GET', `/v1/oversold${query}`)).toMatchObject({ status: 400, body: { code } });
  });
});
