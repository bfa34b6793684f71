import { afterAll, beforeAll, describe, it } from 'vitest';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';
import { expectRefusal } from './refusal.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
});
afterAll(() => server.stop());

type Row = readonly [
  name: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  code: string,
  field?: string,
];

const refuses = (rows: readonly Row[]): void => {
  it.each(rows.map(([name, ...row]) => ({ name, row })))('$name', ({ row }) => {
    const [method, path, body, status, code, field] = row;
    const send = () => server.call(method, path, body === undefined ? {} : { body });
    return expectRefusal(server, send, { status, code, ...(field !== undefined && { field }) });
  });
};

const at = '2026-01-01T00:00:00Z';
const line = { line: '1', sku: 'A', ordered: 1 };
const orderOf = (more: object): object => ({ version: 1, placedAt: at, lines: [line], ...more });
const cartLine = { sku: 'A', quantity: 1 };
const channel = { channel: 'other', connection: 'operator', locations: ['wh1'] };
const many = (count: number, item: (index: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, index) => item(index));

describe('every body is checked whole', () => {
  const rows: readonly Row[] = [
    ['a cart', 'PUT', '/v1/reservations/web/c', { lines: [cartLine], ttl: 5 }, 400, 'unknown_field', 'ttl'],
    ['a cart of nothing', 'PUT', '/v1/reservations/web/c', { lines: [] }, 400, 'too_few_items', 'lines'],
    [
      'a cart of 201 lines',
      'PUT',
      '/v1/reservations/web/c',
      { lines: many(201, (index) => ({ sku: `S${index}`, quantity: 1 })) },
      400,
      'too_many_items',
      'lines',
    ],
    [
      'a line of a cart',
      'PUT',
      '/v1/reservations/web/c',
      { lines: [{ ...cartLine, sku: '$A' }] },
      400,
      'invalid_code',
      'lines[0].sku',
    ],
    ['an extension', 'POST', '/v1/reservations/web/c/extend', { ttlSeconds: 0 }, 400, 'invalid_value', 'ttlSeconds'],
    ['an order', 'PUT', '/v1/orders/web/o', orderOf({ paid: true }), 400, 'unknown_field', 'paid'],
    ['a payment', 'PUT', '/v1/orders/web/o', orderOf({ payment: 'maybe' }), 400, 'invalid_value', 'payment'],
    [
      'when an order was placed',
      'PUT',
      '/v1/orders/web/o',
      orderOf({ placedAt: '2026-01-01T00:00:00' }),
      400,
      'invalid_timestamp',
      'placedAt',
    ],
    [
      'a line of an order',
      'PUT',
      '/v1/orders/web/o',
      orderOf({ lines: [{ ...line, line: 'a\u0000' }] }),
      400,
      'invalid_code',
      'lines[0].line',
    ],
    [
      'the ids of a line',
      'PUT',
      '/v1/orders/web/o',
      orderOf({ lines: [{ line: '1', ordered: 1, ids: { product: '\ud800' } }] }),
      400,
      'invalid_code',
      'lines[0].ids.product',
    ],
    ['a channel', 'POST', '/v1/channels', { ...channel, channel: 'Web' }, 400, 'invalid_code', 'channel'],
    [
      'a channel without locations',
      'POST',
      '/v1/channels',
      { ...channel, locations: [] },
      400,
      'too_few_items',
      'locations',
    ],
    ['a channel of one', 'POST', '/v1/channels', { ...channel, locations: 'wh1' }, 400, 'invalid_code', 'locations'],
    [
      'a channel of 65 locations',
      'POST',
      '/v1/channels',
      { ...channel, locations: many(65, (index) => `wh${index}`) },
      400,
      'too_many_items',
      'locations',
    ],
    ['a flag', 'POST', '/v1/channels', { ...channel, splitCarts: 'yes' }, 400, 'invalid_value', 'splitCarts'],
    ['a location', 'POST', '/v1/locations', { location: 'wh9' }, 400, 'missing_field', 'author'],
    [
      'a listing',
      'PUT',
      '/v1/channels/web/listings',
      { listings: [{ product: '', sku: 'A' }] },
      400,
      'invalid_code',
      'listings[0].product',
    ],
    [
      'listings over 500',
      'PUT',
      '/v1/channels/web/listings',
      { listings: many(501, (index) => ({ product: String(index), sku: 'A' })) },
      400,
      'too_many_items',
      'listings',
    ],
    [
      'a bulk question',
      'POST',
      '/v1/availability/bulk',
      { channel: 'web', skus: ['A', 5] },
      400,
      'invalid_code',
      'skus',
    ],
    [
      'a bulk question over 1,000',
      'POST',
      '/v1/availability/bulk',
      { channel: 'web', skus: many(1_001, (index) => `S${index}`) },
      400,
      'too_many_items',
      'skus',
    ],
    ['a key', 'POST', '/v1/keys', { connection: 'Operator', scopes: ['ops'] }, 400, 'invalid_code', 'connection'],
  ];
  refuses(rows);
});

describe('what does not exist', () => {
  const dispatch = { ...receipt(), kind: 'transfer_dispatch', transfer: 't', to: 'nowhere', sourceKey: 't' };
  const rows: readonly Row[] = [
    ['a channel', 'GET', '/v1/channels/nochannel', undefined, 404, 'unknown_channel', 'channel'],
    ['a location', 'GET', '/v1/locations/nowhere', undefined, 404, 'unknown_location', 'location'],
    ['where a transfer goes', 'POST', '/v1/movements', dispatch, 404, 'unknown_location', 'location'],
    ['the channel of listings', 'GET', '/v1/channels/nochannel/listings', undefined, 404, 'unknown_channel', 'channel'],
    [
      'the channel of a page',
      'GET',
      '/v1/channels/nochannel/availability',
      undefined,
      404,
      'unknown_channel',
      'channel',
    ],
    [
      'the channel of a bulk question',
      'POST',
      '/v1/availability/bulk',
      { channel: 'nochannel', skus: ['A'] },
      404,
      'unknown_channel',
      'channel',
    ],
    ['a SKU to promise', 'GET', '/v1/availability/never?channel=web', undefined, 404, 'unknown_sku', 'sku'],
    ['a SKU to explain', 'GET', '/v1/availability/never/explanation?channel=web', undefined, 404, 'unknown_sku', 'sku'],
    ['a SKU with a history', 'GET', '/v1/stock/never/history', undefined, 404, 'unknown_sku', 'sku'],
    ['a SKU at a moment', 'GET', `/v1/stock/never?knownAt=${at}`, undefined, 404, 'unknown_sku', 'sku'],
    ['a cart', 'POST', '/v1/reservations/web/none/extend', {}, 404, 'reservation_not_found'],
    ['a key', 'DELETE', '/v1/keys/none', undefined, 404, 'key_not_found'],
    ['a code', 'GET', '/problems/none', undefined, 404, 'route_not_found'],
  ];
  refuses(rows);
});
