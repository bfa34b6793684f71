import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysPerConnectionMax, protectedPrefix } from '#platform';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';
import { asApi, asKey, asProblem } from './views.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
});
afterAll(() => server.stop());

const tryStock = (key: string | undefined) => server.call('GET', '/v1/channels', { key });

describe('a key', () => {
  it('is required, before a byte of the body is read', async () => {
    expect(await tryStock(undefined)).toMatchObject({ status: 401, body: { code: 'key_missing' } });
    const answer = await server.call('POST', '/v1/movements', { key: undefined, raw: '{not json' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'key_missing' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each(['', 'sl_', `sl_${'0'.repeat(16)}_${'A'.repeat(43)}`, 'Bearer'])(
    'that nobody made is refused (%j)',
    async (key) => {
      expect(await tryStock(key)).toMatchObject({ status: 401, body: { code: 'key_invalid' } });
    },
  );

  it('ends with its expiry', async () => {
    const expiresAt = new Date(Date.now() - 1_000).toISOString();
    const { key } = asKey(
      await server.ok('POST', '/v1/keys', { connection: 'late', scopes: ['stock:read'], expiresAt }),
    );
    expect(await tryStock(key)).toMatchObject({ status: 401, body: { code: 'key_expired' } });
  });

  it('ends at once with its revocation', async () => {
    const { key, keyId } = asKey(await server.ok('POST', '/v1/keys', { connection: 'gone', scopes: ['stock:read'] }));
    expect(await tryStock(key)).toMatchObject({ status: 200 });
    await server.ok('DELETE', `/v1/keys/${keyId}`);
    expect(await tryStock(key)).toMatchObject({ status: 401, body: { code: 'key_revoked' } });
  });

  it('rotates: two are active at once, and no more than the bound', async () => {
    const wish = { connection: 'rotating', scopes: ['stock:read'] };
    const keys = [];
    for (let made = 0; made < keysPerConnectionMax; made++)
      keys.push(asKey(await server.ok('POST', '/v1/keys', wish)).key);
    for (const key of keys) expect((await tryStock(key)).status).toBe(200);
    expect(await server.call('POST', '/v1/keys', { body: wish })).toMatchObject({
      status: 409,
      body: { code: 'too_many_keys', field: 'connection' },
    });
  });

  it.each([[[]], [['everything']], [['stock:read', 'stock:read']], ['stock:read']])(
    'is not made with the scopes %j',
    async (scopes) => {
      const answer = await server.call('POST', '/v1/keys', { body: { connection: 'x', scopes } });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_value', field: 'scopes' } });
    },
  );
});

it('a key that does not hold stores nothing', async () => {
  const expiresAt = new Date(Date.now() - 1_000).toISOString();
  const make = async (connection: string, more: object) =>
    asKey(await server.ok('POST', '/v1/keys', { connection, scopes: ['movements:write'], ...more }));
  const expired = await make('operator_late', { expiresAt });
  const revoked = await make('operator_gone', {});
  await server.ok('DELETE', `/v1/keys/${revoked.keyId}`);
  const narrow = await make('operator_narrow', { scopes: ['stock:read'] });
  const before = await server.head();
  const codes = [];
  for (const key of [undefined, 'sl_none', expired.key, revoked.key, narrow.key]) {
    const body = receipt({ sourceKey: 'not held' });
    codes.push(asProblem((await server.call('POST', '/v1/movements', { key, body })).body).code);
  }
  expect(codes).toEqual(['key_missing', 'key_invalid', 'key_expired', 'key_revoked', 'scope_missing']);
  expect(await server.head()).toBe(before);
});

/** Keys, shops, and what people decide of runs of figures, of findings, and of orders that were open before. */
const needsOps = (path: string): boolean =>
  /^\/v1\/(?:keys|intake|dead-letters|connections|sync-log)/u.test(path) ||
  /\/(?:release|reject|resolve|baseline)$|\/connector(?:\/|$)/u.test(path);

/** Messages of shops, which prove themselves by their signature. */
const isSigned = (path: string): boolean => path.endsWith('/hints');

describe('scopes', () => {
  const routes: [string, string, string][] = [
    ['POST', '/v1/movements', 'movements:write'],
    ['POST', '/v1/movements/batch', 'movements:write'],
    ['PUT', '/v1/reservations/web/c', 'reservations:write'],
    ['DELETE', '/v1/reservations/web/c', 'reservations:write'],
    ['PUT', '/v1/orders/web/o', 'orders:write'],
    ['POST', '/v1/channels', 'policy:write'],
    ['POST', '/v1/locations', 'policy:write'],
    ['PUT', '/v1/channels/web/listings', 'policy:write'],
    ['GET', '/v1/availability/A?channel=web', 'stock:read'],
    ['GET', '/v1/availability/feed', 'stock:read'],
    ['GET', '/v1/stock', 'history:read'],
    ['GET', '/v1/stock/A/history', 'history:read'],
    ['POST', '/v1/keys', 'ops'],
    ['GET', '/v1/keys', 'ops'],
    ['DELETE', '/v1/keys/x', 'ops'],
  ];
  it.each(routes)('%s %s asks for %s', async (method, path, scope) => {
    const others = [
      'orders:write',
      'movements:write',
      'reservations:write',
      'stock:read',
      'history:read',
      'policy:write',
      'ops',
    ];
    const connection = `s_${routes.findIndex((route) => route[0] === method && route[1] === path)}`;
    const key = await server.keyFor(connection, ...others.filter((other) => other !== scope));
    expect(await server.call(method, path, { key })).toMatchObject({
      status: 403,
      body: { code: 'scope_missing', scope },
    });
  });

  it('every route under the protected prefix asks for some', async () => {
    const { paths } = asApi(await server.ok('GET', '/docs/openapi.json', undefined, { key: undefined }));
    const key = await server.keyFor('none', 'ops');
    const narrow = await server.keyFor('narrow', 'stock:read');
    for (const [path, operations] of Object.entries(paths)) {
      if (!path.startsWith(protectedPrefix)) continue;
      for (const method of Object.keys(operations)) {
        const used = needsOps(path) ? narrow : key;
        const answer = await server.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/gu, 'x'), { key: used });
        const code = isSigned(path) ? 'message_unproven' : 'scope_missing';
        expect([path, method, asProblem(answer.body).code]).toEqual([path, method, code]);
      }
    }
  });
});

describe('authority', () => {
  it('comes from the key: a connection without a role is refused, and no body changes that', async () => {
    const key = await server.keyFor('stranger', 'movements:write', 'orders:write', 'reservations:write');
    const before = await server.head();
    const movement = await server.call('POST', '/v1/movements', { key, body: receipt({ sourceKey: 'strange' }) });
    expect(movement).toMatchObject({
      status: 403,
      body: { code: 'not_author', connection: 'stranger', author: 'operator' },
    });
    const claimed = await server.call('POST', '/v1/movements', { key, body: receipt({ connection: 'operator' }) });
    expect(claimed).toMatchObject({ status: 400, body: { code: 'unknown_field', field: 'connection' } });
    const order = { version: 1, placedAt: '2026-01-01T00:00:00Z', lines: [{ line: '1', sku: 'A', ordered: 1 }] };
    expect(await server.call('PUT', '/v1/orders/web/s', { key, body: order })).toMatchObject({
      status: 403,
      body: { code: 'not_author' },
    });
    const cart = { lines: [{ sku: 'A', quantity: 1 }] };
    expect(await server.call('PUT', '/v1/reservations/web/s', { key, body: cart })).toMatchObject({
      status: 403,
      body: { code: 'not_author' },
    });
    expect(await server.head()).toBe(before);
  });

  it('keeps the Idempotency-Keys of connections apart', async () => {
    await server.ok('POST', '/v1/locations', { location: 'wh_two', author: 'second' });
    const key = await server.keyFor('second', 'movements:write');
    const headers = { 'idempotency-key': 'shared' };
    await server.ok('POST', '/v1/movements', receipt({ sku: 'S', sourceKey: 's1' }), { headers });
    const other = receipt({ sku: 'S', location: 'wh_two', sourceKey: 's1', quantity: 4 });
    expect(await server.call('POST', '/v1/movements', { key, headers, body: other })).toMatchObject({
      status: 200,
      body: { repeated: false },
    });
  });
});

it('a key has a rate', async () => {
  const slow = await startServer({ env: { RATE_LIMIT_PER_SECOND: '1' } });
  try {
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 60 }, () => slow.call('GET', '/v1/channels')));
    const seconds = (performance.now() - began) / 1_000;
    const limited = answers.filter((answer) => answer.status === 429);
    expect(answers.length - limited.length, 'a burst, and one for each second').toBeLessThanOrEqual(2 + seconds);
    expect(limited[0]).toMatchObject({ body: { code: 'rate_limited', retryAfterSeconds: 1 } });
    expect(limited[0]?.headers.get('retry-after')).toBe('1');
  } finally {
    await slow.stop();
  }
});
