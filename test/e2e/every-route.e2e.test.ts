import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intakeTopics, postgresAlarms, postgresDeadLetters } from '#apps/ledger';
import { problemOf } from '#platform';
import { receiptMessage } from '../intake/messages.js';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';
import { asApi, asKey } from './views.js';

type Route = {
  readonly method: string;
  /** As the OpenAPI document writes it. */
  readonly path: string;
  /** What stands for the parameters, in their order. */
  readonly at?: readonly string[];
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** 200 when left out. */
  readonly status?: number;
  /** The route stands in the list already. */
  readonly again?: true;
};

const cart = { lines: [{ sku: 'A', quantity: 1 }] };
const order = { version: 1, placedAt: '2026-01-05T10:00:00Z', lines: [{ line: '1', sku: 'A', ordered: 1 }] };
const inCart = { path: '/v1/reservations/{channel}/{cart}', at: ['web', 'c1'] };
const inOrder = { path: '/v1/orders/{channel}/{orderKey}', at: ['web', 'o1'] };
const ownTerms = { path: '/v1/skus/{sku}/policy', at: ['A'] };
const ofLine = { sku: 'A', order: { channel: 'web', orderKey: 'o1', line: '1' }, quantity: 1 };
const listed = { path: '/v1/channels/{channel}/listings', at: ['web'] };

const bundled = { path: '/v1/bundles/{sku}', at: ['SET'] };

const locationChange = { revision: 0, author: 'operator', kind: 'own', state: 'counting' };
const channelChange = { revision: 0, locations: ['wh2'], reservationTtlSeconds: 60, splitCarts: false };

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
/** A run whose moment lies before that of the run before it is held. */
const figures = (run: string, minutes: number) => ({
  ...{ run, location: 'wh1', asOf: minutesAgo(minutes), basis: 'usable', kind: 'delta', rowCount: 1 },
  rows: [{ sku: 'A', quantity: 7 }],
});
const run = '/v1/observations/runs/{connection}/{run}';

const connector = '/v1/channels/{channel}/connector';
const connected = { kind: 'prestashop', settings: { url: 'http://127.0.0.1:9/' } };
const webhookSecret = 'of the module';
const hint = JSON.stringify({ orderId: 1 });
const signedAt = String(Math.floor(Date.now() / 1_000));
const signature = createHmac('sha256', webhookSecret).update(`${signedAt}.${hint}`).digest('hex');

/** Every route, in an order in which each succeeds where it can without a shop; `setUpShop` has run. */
const routes: readonly Route[] = [
  { method: 'post', path: '/v1/locations', body: { location: 'wh2', author: 'operator' } },
  { method: 'get', path: '/v1/locations' },
  { method: 'get', path: '/v1/locations/{location}', at: ['wh2'] },
  { method: 'post', path: '/v1/channels', body: { channel: 'b2b', connection: 'operator', locations: ['wh2'] } },
  { method: 'get', path: '/v1/channels' },
  { method: 'get', path: '/v1/channels/{channel}', at: ['b2b'] },
  { method: 'put', path: '/v1/locations/{location}', at: ['wh2'], body: locationChange },
  { method: 'get', path: '/v1/locations/{location}/history', at: ['wh2'] },
  { method: 'put', path: '/v1/channels/{channel}', at: ['b2b'], body: channelChange },
  { method: 'get', path: '/v1/channels/{channel}/history', at: ['b2b'] },
  { method: 'put', ...ownTerms, body: { channels: { b2b: { cap: { units: 9 } } } } },
  { method: 'get', ...ownTerms },
  { method: 'get', path: `${ownTerms.path}/history`, at: ['A'] },
  { method: 'put', ...listed, body: { listings: [{ product: '1', sku: 'A' }] } },
  { method: 'get', ...listed },
  { method: 'put', ...bundled, body: { revision: -1, components: [{ sku: 'A', units: 2 }] } },
  { method: 'get', ...bundled },
  { method: 'get', path: '/v1/bundles' },
  { method: 'get', path: '/v1/bundles/{sku}/history', at: ['SET'] },
  { method: 'post', path: '/v1/movements', body: receipt({ sourceKey: 'single' }) },
  { method: 'post', path: '/v1/movements/batch', body: { items: [receipt({ sourceKey: 'of a batch' })] } },
  {
    method: 'put',
    path: '/v1/stock/{sku}/quotas/{channel}/{location}',
    at: ['A', 'web', 'wh1'],
    body: { quantity: 1 },
  },
  {
    method: 'post',
    path: '/v1/assemblies',
    body: { assembly: 'job', location: 'wh1', consumed: [{ sku: 'A', quantity: 1 }], produced: [] },
  },
  { method: 'put', ...inCart, body: cart },
  { method: 'get', ...inCart },
  { method: 'post', path: `${inCart.path}/extend`, at: inCart.at, body: { ttlSeconds: 60 } },
  { method: 'delete', ...inCart },
  { method: 'put', ...inOrder, body: order },
  { method: 'get', ...inOrder },
  {
    method: 'put',
    path: `${inOrder.path}/baseline`,
    at: ['web', 'o2'],
    body: { lines: [{ line: '1', issued: 1, returned: 0 }] },
  },
  { method: 'post', path: '/v1/commitments/acknowledgements', body: { ...ofLine, location: 'wh1', state: 'sent' } },
  { method: 'post', path: '/v1/commitments/moves', body: { ...ofLine, from: 'wh1', reason: 'short_pick' } },
  { method: 'post', path: '/v1/observations', body: figures('r1', 1) },
  { method: 'post', path: '/v1/observations', body: figures('r2', 2), again: true },
  { method: 'post', path: '/v1/observations', body: figures('r3', 3), again: true },
  { method: 'get', path: '/v1/observations/runs', query: '?state=held' },
  { method: 'get', path: run, at: ['operator', 'r2'] },
  { method: 'post', path: `${run}/release`, at: ['operator', 'r2'], body: { reason: 'counted' } },
  { method: 'post', path: `${run}/reject`, at: ['operator', 'r3'], body: { reason: 'restored' } },
  { method: 'get', path: '/v1/connections' },
  {
    method: 'post',
    path: connector,
    at: ['web'],
    body: { ...connected, secrets: { key: 'K'.repeat(32), webhookSecret }, reason: 'new' },
  },
  { method: 'get', path: connector, at: ['web'] },
  { method: 'get', path: '/v1/alerts/metrics' },
  {
    method: 'put',
    path: `${connector}/settings`,
    at: ['web'],
    body: { settings: { ...connected.settings, shopId: 1 }, revision: 0, reason: 'the first' },
  },
  { method: 'post', path: `${connector}/pause`, at: ['web'], body: { reason: 'it is off' } },
  { method: 'post', path: `${connector}/resume`, at: ['web'], body: { reason: 'it is off' }, status: 409 },
  { method: 'post', path: `${connector}/resync`, at: ['web'], body: { reason: 'it is off' }, status: 409 },
  { method: 'post', path: `${connector}/reconcile`, at: ['web'], body: { reason: 'it is off' }, status: 409 },
  {
    method: 'post',
    path: `${connector}/reread`,
    at: ['web'],
    body: { orders: ['1'], reason: 'it is off' },
    status: 409,
  },
  { method: 'get', path: `${connector}/jobs/{job}`, at: ['web', 'none'], status: 404 },
  { method: 'get', path: `${connector}/listings`, at: ['web'], status: 502 },
  { method: 'get', path: `${connector}/open-orders`, at: ['web'], status: 502 },
  { method: 'get', path: `${connector}/vanished-orders`, at: ['web'] },
  { method: 'get', path: `${connector}/orders/{order}`, at: ['web', '1'], status: 502 },
  {
    method: 'post',
    path: '/v1/channels/{channel}/hints',
    at: ['web'],
    body: JSON.parse(hint),
    headers: { 'x-ledger-timestamp': signedAt, 'x-ledger-event-id': '1', 'x-ledger-signature': `v1=${signature}` },
    status: 202,
  },
  {
    method: 'put',
    path: `${connector}/ladder`,
    at: ['web'],
    body: { rung: 'observe', revision: 1, reason: 'first' },
  },
  { method: 'get', path: `${connector}/history`, at: ['web'] },
  { method: 'get', path: '/v1/channels/{channel}/report', at: ['web'] },
  { method: 'get', path: '/v1/alerts' },
  { method: 'get', path: '/v1/findings' },
  { method: 'get', path: '/v1/findings/{id}', at: ['0b5f3c1e-8a51-4c8e-9a40-0d2f1c9a7e11'], status: 404 },
  {
    method: 'post',
    path: '/v1/findings/{id}/resolve',
    at: ['0b5f3c1e-8a51-4c8e-9a40-0d2f1c9a7e11'],
    body: { how: 'count_it', reason: 'not there' },
    status: 404,
  },
  { method: 'get', path: '/v1/sync-log', query: '?channel=web' },
  { method: 'get', path: '/v1/sync-log/{id}', at: ['999999'], status: 404 },
  { method: 'get', path: '/v1/availability/{sku}', at: ['A'], query: '?channel=web' },
  { method: 'get', path: '/v1/availability/{sku}/explanation', at: ['A'], query: '?channel=web' },
  { method: 'post', path: '/v1/availability/bulk', body: { channel: 'web', skus: ['A'] } },
  { method: 'get', path: '/v1/channels/{channel}/availability', at: ['web'] },
  { method: 'get', path: '/v1/availability/feed', query: '?after=0' },
  { method: 'get', path: '/v1/oversold', query: '?channel=web&sku=A' },
  { method: 'get', path: '/v1/discrepancies', query: '?sku=A&location=wh1&connection=till&at=2030-01-01T00:00:00Z' },
  { method: 'get', path: '/v1/incoming' },
  { method: 'get', path: '/v1/backorders', query: '?atRisk=true&at=2030-01-01T00:00:00Z' },
  { method: 'get', path: '/v1/stock' },
  { method: 'get', path: '/v1/stock/{sku}', at: ['A'] },
  { method: 'get', path: '/v1/stock/{sku}/history', at: ['A'] },
  { method: 'get', path: '/v1/intake' },
  {
    method: 'post',
    path: '/v1/intake/{topic}/{partition}/go-on',
    at: ['stock.orders.v1', '1'],
    body: { next: 0, reason: 'restored' },
  },
  { method: 'get', path: '/v1/dead-letters', query: '?topic=stock.movements.v1' },
  { method: 'post', path: '/v1/dead-letters/{id}/replay', at: ['1'], body: { reason: 'mended' } },
  { method: 'post', path: '/v1/dead-letters/{id}/discard', at: ['2'], body: { reason: 'nobody misses it' } },
  { method: 'post', path: '/v1/keys', body: { connection: 'erp', scopes: ['stock:read'] } },
  { method: 'get', path: '/v1/keys' },
  { method: 'delete', path: '/v1/keys/{keyId}', at: ['{a key}'] },
  { method: 'get', path: '/health/live' },
  { method: 'get', path: '/health/ready' },
  { method: 'get', path: '/problems' },
  { method: 'get', path: '/problems/{code}', at: ['busy'] },
];

let server: LedgerServer;
let spareKey: string;
beforeAll(async () => {
  server = await startServer({ env: { CHANNEL_SECRETS_KEY: randomBytes(32).toString('base64') } });
  await setUpShop(server);
  await parkTwo();
  await standStill();
  spareKey = asKey(await server.ok('POST', '/v1/keys', { connection: 'spare', scopes: ['stock:read'] })).keyId;
});
afterAll(() => server.stop());

/** Two dead letters, the first of which can be taken in now. */
const parkTwo = async (): Promise<void> => {
  const { key, headers, value } = receiptMessage('A', 1, 'parked', { source: 'operator' });
  const message = { key: Buffer.from(key), headers: new Map(Object.entries(headers)), value: Buffer.from(value ?? '') };
  const letters = postgresDeadLetters(server.services.pool);
  for (const offset of [1, 2])
    await letters.park({
      ...{ topic: intakeTopics.movements, partition: 0, message: { ...message, offset } },
      ...{ problem: problemOf('unknown_location'), parkedAt: '2026-03-01T09:00:00.000Z' },
    });
};

/** A partition of another instance stands still. */
const standStill = (): Promise<void> => {
  const place = { topic: intakeTopics.orders, partition: 1, low: 0, high: 0 };
  return postgresAlarms(server.services.pool).raise({ ...place, reason: 'topic_made_anew', position: { next: 7 } });
};

const pathOf = ({ path, at = [], query = '' }: Route): string => {
  const parameters = at.map((value) => (value === '{a key}' ? spareKey : value));
  return path.replaceAll(/\{\w+\}/gu, () => parameters.shift() ?? '') + query;
};

/** The status of a route; it hangs up on a stream, which has no end. */
const statusOf = async (route: Route): Promise<number> => {
  const hangUp = new AbortController();
  const response = await fetch(server.url + pathOf(route), {
    method: route.method.toUpperCase(),
    signal: hangUp.signal,
    headers: {
      authorization: `Bearer ${server.operatorKey}`,
      ...(route.body !== undefined && { 'content-type': 'application/json' }),
      ...route.headers,
    },
    ...(route.body !== undefined && { body: JSON.stringify(route.body) }),
  });
  hangUp.abort();
  return response.status;
};

/** Shops are away here: what asks one says so. Their own tests have a shop. */
describe('every route answers', () => {
  it.each(routes)('$method $path', async (route) => {
    await server.caughtUp();
    expect(await statusOf(route)).toBe(route.status ?? 200);
  });
});

it('the OpenAPI document names these routes and no other', async () => {
  const { paths } = asApi(await server.ok('GET', '/docs/openapi.json', undefined, { key: undefined }));
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(
    routes
      .filter(({ again }) => !again)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(documented.sort());
});

describe('documents for people', () => {
  it.each([
    ['/docs', 'text/html'],
    ['/docs/openapi.json', 'application/json'],
    ['/docs/swagger-ui.css', 'text/css'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript'],
    ['/docs/events', 'text/html'],
    ['/docs/events/asyncapi.json', 'application/json'],
    ['/docs/events/schemas/order.v1.json', 'application/schema+json'],
    ['/docs/events/schemas/movement.v1.json', 'application/schema+json'],
    ['/docs/events/schemas/availability.v1.json', 'application/schema+json'],
    ['/docs/events/schemas/event.v1.json', 'application/schema+json'],
    ['/docs/events/schemas/dead-letter.v1.json', 'application/schema+json'],
  ])('%s is %s, for anybody', async (path, type) => {
    const answer = await server.call('GET', path, { key: undefined });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it('the page of messages shows every topic, loads nothing, and its links lead somewhere', async () => {
    const { text } = await server.call('GET', '/docs/events', { key: undefined });
    for (const topic of ['stock.orders.v1', 'stock.availability.v1', 'stock.movements.dlq.v1']) {
      expect(text).toContain(topic);
    }
    expect(text).not.toMatch(/<(script|link|img)|src=/u);
    const links = [...text.matchAll(/href="(\/[^"]+)"/gu)].map(([, link = '']) => link);
    for (const link of new Set(links)) expect((await server.call('GET', link, { key: undefined })).status).toBe(200);
    const anchors = new Set([...text.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id));
    const within = [...text.matchAll(/href="#([^"]+)"/gu)].map(([, id]) => id);
    expect(within.filter((id) => !anchors.has(id))).toEqual([]);
  });

  it.each(['none.json', '..%2Fasyncapi.json', '%2e%2e%2f..%2fpackage.json', '__proto__'])(
    'no other file: %s',
    async (name) => {
      const answer = await server.call('GET', `/docs/events/schemas/${name}`, { key: undefined });
      expect(answer).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
    },
  );

  it('the page loads nothing from elsewhere', async () => {
    const { text } = await server.call('GET', '/docs', { key: undefined });
    const loaded = [...text.matchAll(/(?:src|href|url: ?)[='"]+([^'"]+)/gu)].map(([, address]) => address);
    expect(loaded.length).toBe(3);
    expect(loaded.filter((address) => !address?.startsWith('/docs/'))).toEqual([]);
  });
});
