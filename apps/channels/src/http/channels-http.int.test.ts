import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createRateLimit,
  type KeyRecord,
  type KeyStore,
  type Scope,
} from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { startPrestashop, type PrestashopServer } from '../../../../test/servers/prestashop/index.js';
import { connectionsModule, openConnections } from '../connections/index.js';
import type { JobAnswer, Workers } from '../contracts/index.js';
import { ChannelsModule } from '../module.js';
import { createShops } from '../shops/shops.js';
import { createHintDesk, hintsPerSecondMax } from './hints/hint-desk.js';

const nowMillis = 1_790_000_000_000;
const now = '2026-09-21T14:13:20.000Z';
const webhookSecret = 'whsec of the module';

const keysInMemory = (keys: KeyRecord[] = []): KeyStore => ({
  all: () => Promise.resolve(keys),
  insert: (key) => Promise.resolve(keys.push(key)).then(() => 'stored' as const),
  revoke: () => Promise.resolve(false),
});

/** What people and shops have asked of the workers, one line each. */
let told: string[] = [];
afterEach(() => {
  told = [];
});
const answerTo = (what: string): Promise<JobAnswer> => {
  told.push(what);
  return Promise.resolve(
    what.includes('nobody')
      ? { kind: 'refused', code: 'not_running', detail: 'Nobody works on nobody.' }
      : what.includes('"dryRun":true')
        ? { kind: 'preview', counts: { rows: 3 } }
        : { kind: 'started', job: 'j1' },
  );
};
const workers: Workers = {
  hint: (channel, orders) => void told.push(`hint ${channel} ${orders.join()}`),
  hintRows: (channel, rows) => void told.push(`hint rows ${channel} ${JSON.stringify(rows)}`),
  changed: (channel) => void told.push(`changed ${channel}`),
  resync: (channel, scope, wish) => answerTo(`resync ${channel} ${JSON.stringify({ scope, ...wish })}`),
  reconcile: (channel, wish) => answerTo(`reconcile ${channel} ${JSON.stringify(wish)}`),
  reread: (channel, scope, wish) => answerTo(`reread ${channel} ${JSON.stringify({ scope, ...wish })}`),
  job: (channel, job) =>
    Promise.resolve(
      job === 'j1'
        ? {
            ...{ job, channel, kind: 'resync', state: 'done', done: 3, total: 3, counts: { right: 3 } },
            ...{ detail: undefined, startedAt: nowMillis, endedAt: nowMillis },
          }
        : undefined,
    ),
  vanished: (channel, after, limit) =>
    Promise.resolve(
      ['11-A', '12-B', '13-C']
        .filter((orderKey) => channel === 'web' && orderKey > after)
        .slice(0, limit)
        .map((orderKey) => ({ orderKey, id: orderKey.slice(0, 2), vanishedAt: nowMillis })),
    ),
  status: () =>
    Promise.resolve({
      ...{ isRunning: false, feedFreshAt: undefined, hintedAt: undefined, rowsDue: 0, ordersUnderWay: 0 },
      trouble: undefined,
    }),
};

const databases: TestDatabase[] = [];
const stops: (() => Promise<void>)[] = [];
let shop: PrestashopServer;
let elapsed = 0;

const openPool = async (): Promise<Pool> => {
  const database = await createDatabase();
  databases.push(database);
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [connectionsModule] });
  return createPool({ url: serviceUrl, applicationName: 'test', max: 5 });
};

/** The faces of channels on a database of their own. */
const start = async (channelSecretsKey: string | undefined) => {
  const pool = await openPool();
  const lines: string[] = [];
  const logger = createLogger(
    'debug',
    (line) => void lines.push(line),
    () => now,
  );
  const alerts = {
    raise: () => Promise.resolve(),
    settle: (channel: string, code: string) => Promise.resolve(void told.push(`settled ${channel} ${code}`)),
    subjects: () => Promise.resolve([]),
  };
  const connections = await openConnections({
    ...{ pool, logger, alerts },
    config: {
      ...{ databaseUrl: 'postgres://here/ledger', dataFolder: '', instanceId: 'test', environment: 'test' },
      ...{ channelSecretsKey, channelSecretsKeyFile: undefined, channelSecretsKeyOld: undefined },
    },
  });
  const ring = createKeyRing(keysInMemory());
  const keyFor = async (...scopes: Scope[]): Promise<string> => {
    const made = await ring.create({ connection: 'operator', scopes }, now);
    if (made === 'too_many_keys') throw new Error('a key must be possible');
    return made.token;
  };
  const shops = createShops(connections, () => nowMillis);
  const rates = { elapsedMillis: () => elapsed, rateLimit: createRateLimit(hintsPerSecondMax) };
  const hints = createHintDesk({ pool, connections, shops, workers, now: () => nowMillis, ...rates });
  const known = ['web', 'b2b', 'nobody', 'idle', 'flood', 'plugged'];
  const channels = {
    connectionOf: (channel: string) => Promise.resolve(known.includes(channel) ? 'shop' : undefined),
  };
  const gate = { ring, rateLimit: createRateLimit(1_000), now: () => now, elapsedMillis: () => 0 };
  const root = ChannelsModule.with({ connections, channels, shops, workers, alerts, hints });
  const app = await createHttpApp(root, { gate, logger, translate: () => undefined });
  await app.listen(0, '127.0.0.1');
  stops.push(async () => {
    await app.close();
    await shops.stop();
    await pool.end();
  });
  return { url: await app.getUrl(), operator: await keyFor('ops'), reader: await keyFor('stock:read'), lines };
};

type Started = Awaited<ReturnType<typeof start>>;
let server: Started;
beforeAll(async () => {
  shop = await startPrestashop({ version: '8.2', seed: 'demo' });
  server = await start(randomBytes(32).toString('base64'));
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await shop.stop();
  for (const database of databases) await database.drop();
});

const call = async (
  method: string,
  path: string,
  body?: unknown,
  key: string | undefined = server.operator,
  at = server.url,
) => {
  const response = await fetch(at + path, {
    method,
    headers: {
      ...(key !== '' && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as unknown };
};

const connector = (channel: string): string => `/v1/channels/${channel}/connector`;
const wish = (more: object = {}) => ({
  ...{ kind: 'prestashop', settings: { url: shop.url }, secrets: { key: shop.key, webhookSecret }, reason: 'new' },
  ...more,
});
const step = (channel: string, rung: string, revision: number, more: object = {}) =>
  call('PUT', `${connector(channel)}/ladder`, { rung, revision, reason: 'up', ...more });

describe('a connector', () => {
  it('is added, shown, changed, climbs and pauses, and tells its worker each time', async () => {
    const tried = await call('POST', connector('web'), wish({ dryRun: true }));
    expect(tried).toMatchObject({ status: 200, body: { changed: true } });
    const ofDefaultKind = await call('POST', connector('web'), wish({ dryRun: true, kind: undefined }));
    expect(ofDefaultKind).toMatchObject({ status: 200, body: { changed: true } });
    expect(await call('GET', connector('web'))).toMatchObject({ status: 404, body: { code: 'unknown_connection' } });
    const added = await call('POST', connector('web'), wish());
    expect(added).toMatchObject({
      status: 200,
      body: { changed: true, connection: { connection: 'shop', revision: 0, secrets: ['key', 'webhookSecret'] } },
    });
    expect(await call('POST', connector('web'), wish())).toMatchObject({ status: 200, body: { changed: false } });
    expect(await step('web', 'live', 0)).toMatchObject({
      status: 409,
      body: { code: 'not_a_step', next: ['observe'] },
    });
    expect(await step('web', 'observe', 5)).toMatchObject({
      status: 409,
      body: { code: 'connection_changed', revision: 0 },
    });
    expect(await step('web', 'observe', 0)).toMatchObject({ body: { connection: { ladder: { rung: 'observe' } } } });
    expect(await step('web', 'shadow', 1, { percent: 5 })).toMatchObject({ status: 400, body: { field: 'percent' } });
    await step('web', 'shadow', 1);
    expect(await step('web', 'canary', 2)).toMatchObject({ status: 422, body: { code: 'canary_missing' } });
    expect(await step('web', 'canary', 2, { percent: 5 })).toMatchObject({
      body: { connection: { ladder: { rung: 'canary', canary: { percent: 5 } } } },
    });
    const paused = await call('POST', `${connector('web')}/pause`, { reason: 'stocktaking' });
    expect(paused).toMatchObject({ body: { connection: { ladder: { rung: 'paused' }, pausedFrom: 'canary' } } });
    const tryOut = await call('POST', `${connector('web')}/resume`, { reason: 'done', dryRun: true });
    expect(tryOut).toMatchObject({ body: { connection: { ladder: { rung: 'canary' } } } });
    expect(told.filter((line) => line === 'changed web')).toHaveLength(4);
    await call('POST', `${connector('web')}/resume`, { reason: 'done' });
    expect(told).toContain('settled web clone_paused');
    const settings = { settings: { url: shop.url, shopId: 1 }, revision: 5, reason: 'the first shop' };
    expect(await call('PUT', `${connector('web')}/settings`, settings)).toMatchObject({
      body: { connection: { settings: { shopId: 1 }, revision: 6 } },
    });
    expect(await call('GET', '/v1/connections')).toMatchObject({
      body: { kinds: ['prestashop', 'woocommerce'], connections: [{ channel: 'web', revision: 6 }] },
    });
    const { body } = await call('GET', `${connector('web')}/history?cursor=3`);
    expect(body).toMatchObject({
      rows: [{ what: 'pause', reason: 'stocktaking' }, { what: 'resume' }, { what: 'change' }],
    });
  });

  it.each([
    ['of no channel', 'nowhere', {}, 404, 'unknown_channel'],
    ['of no kind', 'b2b', { kind: 'gopher' }, 422, 'unknown_kind'],
    ['at no address', 'b2b', { settings: { url: 'http://shop.example' } }, 422, 'settings_unfit'],
    ['without its key', 'b2b', { secrets: {} }, 422, 'secrets_missing'],
    ['without a reason', 'b2b', { reason: undefined }, 400, 'missing_field'],
    ['with a key that is no text', 'b2b', { secrets: { key: { very: 'SECRETTEXT' } } }, 400, 'invalid_value'],
    ['with a key of two lines', 'b2b', { secrets: { key: 'SECRETTEXT\n2' } }, 400, 'invalid_value'],
  ])('%s is refused', async (_case, channel, more, status, code) => {
    const answer = await call('POST', connector(channel), wish(more));
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.text).not.toContain('SECRETTEXT');
  });

  it('of a channel that is not defined is told what comes first', async () => {
    const { body } = await call('POST', connector('nowhere'), wish());
    expect(body).toMatchObject({ field: 'channel', channel: 'nowhere' });
    expect(body).toHaveProperty('detail', expect.stringMatching(/POST \/v1\/channels.*POST \/v1\/locations/u));
  });

  it('never shows its secrets: not in answers, not in logs', async () => {
    const texts = [
      await call('GET', connector('web')),
      await call('GET', '/v1/connections'),
      await call('GET', `${connector('web')}/history`),
    ].map(({ text }) => text);
    expect(texts.join()).toContain(shop.url);
    for (const secret of [shop.key, webhookSecret]) expect([...texts, ...server.lines].join()).not.toContain(secret);
  });

  it('is for operators', async () => {
    const routes = [
      ['GET', '/v1/connections'],
      ['POST', connector('web')],
      ['GET', connector('web')],
      ['GET', `${connector('web')}/history`],
      ['GET', `${connector('web')}/listings`],
      ['GET', `${connector('web')}/orders/1`],
      ['GET', `${connector('web')}/vanished-orders`],
      ['GET', `${connector('web')}/jobs/j1`],
      ['PUT', `${connector('web')}/settings`],
      ['PUT', `${connector('web')}/ladder`],
      ...['pause', 'resume', 'resync', 'reconcile', 'reread'].map((verb) => ['POST', `${connector('web')}/${verb}`]),
    ] as const;
    for (const [method = '', path = ''] of routes) {
      const body = method === 'GET' ? undefined : {};
      expect([path, (await call(method, path, body, '')).status]).toEqual([path, 401]);
      expect([path, (await call(method, path, body, server.reader)).status]).toEqual([path, 403]);
    }
  });

  it('says so where there is no key to lock its secrets with', async () => {
    const keyless = await start(undefined);
    const answer = await call('POST', connector('web'), wish(), keyless.operator, keyless.url);
    expect(answer).toMatchObject({ status: 503, body: { code: 'secrets_key_missing' } });
  });
});

describe('the shop itself', () => {
  it('says what it sells, by the ids that a mapping names', async () => {
    const rows: Record<string, unknown>[] = [];
    let cursor = '';
    do {
      const { body } = await call('GET', `${connector('web')}/listings${cursor}`);
      const page = body as { rows: Record<string, unknown>[]; next?: string };
      rows.push(...page.rows);
      cursor = page.next === undefined ? '' : `?cursor=${page.next}`;
    } while (cursor !== '');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.find(({ row }) => row === '1-1@s1g0')).toMatchObject({ product: '1', variant: '1' });
    expect(rows.find(({ row }) => row === '3-0@s1g0')).not.toHaveProperty('variant');
  });

  it('says what an order would be told as', async () => {
    const placed = await shop.shop.placeOrder({
      ...{ lines: [{ id_product: 1, id_product_attribute: 1, quantity: 2 }], state: 2 },
    });
    expect(await call('GET', `${connector('web')}/orders/${placed.id}`)).toMatchObject({
      status: 200,
      body: {
        snapshot: { payment: 'paid', lines: [{ ids: { product: '1', variant: '1' }, ordered: 2 }] },
        isOpen: true,
      },
    });
    const none = await call('GET', `${connector('web')}/orders/999999`);
    expect(none).toMatchObject({ status: 404, body: { code: 'unknown_shop_order' } });
  });

  it('has lost orders that are listed by their keys, in pages', async () => {
    const list = async (more: string) => {
      const { body } = await call('GET', `${connector('web')}/vanished-orders?limit=2${more}`);
      return body as { readonly rows: readonly { readonly orderKey: string }[]; readonly next?: string };
    };
    const first = await list('');
    expect(first.rows[0]).toEqual({ orderKey: '11-A', id: '11', vanishedAt: new Date(nowMillis).toISOString() });
    const second = await list(`&cursor=${first.next ?? ''}`);
    expect([...first.rows, ...second.rows].map(({ orderKey }) => orderKey)).toEqual(['11-A', '12-B', '13-C']);
    expect(second.next).toBeUndefined();
  });

  it('is told from one that does not answer as it should', async () => {
    await call('POST', connector('b2b'), wish({ secrets: { key: 'W'.repeat(32) } }));
    const answer = await call('GET', `${connector('b2b')}/listings`);
    expect(answer).toMatchObject({ status: 502, body: { code: 'shop_troubled', kind: 'misconfigured' } });
    expect(answer.text).not.toContain('WWWW');
    const right = { secrets: { key: shop.key }, revision: 0, reason: 'a typing error' };
    await call('PUT', `${connector('b2b')}/settings`, right);
    expect((await call('GET', `${connector('b2b')}/listings`)).status).toBe(200);
  });
});

describe('jobs', () => {
  it.each([
    ['resync', {}, '"scope":{"kind":"all"}'],
    ['resync', { skus: ['A'] }, '"scope":{"kind":"skus","skus":["A"]}'],
    ['reconcile', {}, '"dryRun":false'],
    ['reread', { orders: ['12'] }, '"orders":["12"]'],
    ['reread', { since: '2026-03-01T00:00:00Z' }, `"at":${Date.parse('2026-03-01T00:00:00Z')}`],
  ])('%s %j', async (verb, more, said) => {
    const path = `${connector('web')}/${verb}`;
    expect(await call('POST', path, { reason: 'asked', ...more })).toMatchObject({ status: 200, body: { job: 'j1' } });
    expect(await call('POST', path, { reason: 'asked', dryRun: true, ...more })).toMatchObject({
      body: { kind: 'preview', counts: { rows: 3 } },
    });
    expect(told[0]).toContain(said);
  });

  it('are refused, and asked for', async () => {
    const refused = await call('POST', `${connector('nobody')}/reconcile`, { reason: 'asked' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_running' } });
    for (const scope of [{}, { orders: ['1'], since: '2026-03-01T00:00:00Z' }])
      expect(await call('POST', `${connector('web')}/reread`, { reason: 'asked', ...scope })).toMatchObject({
        status: 400,
      });
    expect(await call('GET', `${connector('web')}/jobs/j1`)).toMatchObject({
      body: { state: 'done', counts: { right: 3 } },
    });
    expect(await call('GET', `${connector('web')}/jobs/j2`)).toMatchObject({
      status: 404,
      body: { code: 'unknown_job' },
    });
  });
});

describe('messages of the shop', () => {
  const send = async (channel: string, text: string, more: { seconds?: number; secret?: string } = {}) => {
    const { seconds = nowMillis / 1_000, secret = webhookSecret } = more;
    const signature = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
    const response = await fetch(`${server.url}/v1/channels/${channel}/hints`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-ledger-timestamp': String(seconds),
        'x-ledger-event-id': 'e',
        'x-ledger-signature': `v1=${signature}`,
      },
      body: text,
    });
    return response.status;
  };

  it('are hints, each once, over the very bytes that came', async () => {
    // Spaces and the order of members are the sender's: another form of the same JSON has another signature.
    expect(await send('web', '{ "orderId" : 12, "kind":"order_state"}')).toBe(202);
    expect(await send('web', '{ "orderId" : 12, "kind":"order_state"}')).toBe(202);
    expect(await send('web', '{"kind":"sold_short"}')).toBe(202);
    expect(told).toEqual(['hint web 12', 'hint web ']);
  });

  it('name rows that were set, where the kind of shop names rows so', async () => {
    const settings = { url: 'https://plugged.example' };
    const secrets = { key: 'ck_1', secret: 'cs_1', webhookSecret };
    await call('POST', connector('plugged'), wish({ kind: 'woocommerce', settings, secrets }));
    await step('plugged', 'observe', 0);
    told = [];
    const text = '{"kind":"stock_set","hint":{"productId":7,"quantity":3}}';
    expect(await send('plugged', text)).toBe(202);
    expect(await send('web', text)).toBe(202);
    expect(told).toEqual(['hint plugged ', 'hint rows plugged [{"row":"7-0","figure":3}]', 'hint web ']);
  });

  it('that prove nothing are not believed, and tell nothing of channels', async () => {
    expect(await send('web', '{"orderId":13}', { secret: 'guessed' })).toBe(401);
    expect(await send('web', '{"orderId":13}', { seconds: nowMillis / 1_000 - 301 })).toBe(401);
    expect(await send('nowhere', '{"orderId":13}')).toBe(401);
    expect(told).toEqual([]);
  });

  it('that only try whether somebody hears them are answered, and alike of channels that there are not', async () => {
    const post = async (path: string, body: string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await fetch(`${server.url}/v1/channels/${path}`, { method: 'POST', headers, body });
      return [answer.status, await answer.text()];
    };
    for (const channel of ['web', 'nowhere']) {
      expect(await post(`${channel}/hints`, 'webhook_id=14')).toEqual([200, '{}']);
      expect((await post(`${channel}/hints`, 'webhook_id=14&order=12'))[0]).toBe(401);
      expect((await post(`${channel}/hints`, `webhook_id=${'1'.repeat(2_000)}`))[0]).toBe(413);
    }
    expect(told).toEqual([]);
  });

  it('come as forms nowhere else', async () => {
    const headers = {
      authorization: `Bearer ${server.operator}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const answer = await fetch(`${server.url}${connector('web')}`, { method: 'POST', headers, body: 'a=b' });
    expect(answer.status).toBe(415);
  });

  it('of a channel that is off are believed and not followed', async () => {
    await call('POST', connector('idle'), wish());
    expect(await send('idle', '{"orderId":14}')).toBe(202);
    expect(told).toEqual([]);
  });

  it('are bounded in a second, channel by channel', async () => {
    const statuses = new Set<number>();
    for (let at = 0; at <= 2 * hintsPerSecondMax; at++) statuses.add(await send('flood', '{}'));
    expect([...statuses]).toEqual([401, 429]);
    expect(await send('web', '{"orderId":15}')).toBe(202);
    elapsed += 1_000;
    expect(await send('flood', '{}')).toBe(401);
  });
});
