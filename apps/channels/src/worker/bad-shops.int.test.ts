import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { selfSigned } from '../../../../libs/shop-http/testing/certificate.js';
import { startPrestashop, type Fault, type PrestashopServer } from '../../../../test/servers/prestashop/index.js';
import { createScriptedLedger, type ScriptedLedger } from '../../testing/scripted-ledger.js';
import { startChannels, type Channels } from '../composition/start-channels.js';
import { connectorKinds } from '../connections/index.js';
import type { Alert, ChannelConnection, ChannelRegistry } from '../contracts/index.js';
import { barRows, channelsModule } from '../store/index.js';

/* Two shops and the workers of both: one shop is well, and with the other it is each time something else. */

const restFactor = 10;
/** Of a shop that is not hammered, while a test looks on. */
const requestsMax = 200;
const minutes = (count: number): number => count * 60_000;
const { sleep } = createClock();

let database: TestDatabase;
let pool: Pool;
let ledger: ScriptedLedger;
let channels: Channels;
let good: PrestashopServer;
let goodProduct: number;
/** Time that the tests have skipped. */
let skipped = 0;
let badShops = 0;
let figure = 10;
const stops: (() => Promise<void>)[] = [];
const alerts = new Map<string, Alert>();
const connections = new Map<string, ChannelConnection>();
const secrets = new Map<string, string>();
const sold = new Map<string, readonly number[]>();
const troubles: unknown[] = [];

const now = (): number => Date.now() + skipped;
const skuOf = (channel: string, product: number): string => `${channel}-${product}`;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const alertsOf = (channel: string): readonly Pick<Alert, 'code' | 'level' | 'subject'>[] =>
  [...alerts.values()]
    .filter((alert) => alert.channel === channel)
    .map(({ code, level, subject }) => ({ code, level, subject }));

const registry: ChannelRegistry = {
  list: () => Promise.resolve([...connections.values()]),
  find: (channel) => Promise.resolve(connections.get(channel)),
  secretsOf: (channel) => Promise.resolve({ key: secrets.get(channel) ?? '' }),
  pause: (channel, pausedFor) => {
    const before = connections.get(channel);
    if (before !== undefined && before.ladder.rung !== 'paused')
      connections.set(channel, { ...before, ladder: { rung: 'paused' }, pausedFor, revision: before.revision + 1 });
    return Promise.resolve();
  },
};

/** Adds a channel whose worker may write. */
const addChannel = (channel: string, { url, key }: PrestashopServer, products: readonly number[]): void => {
  sold.set(channel, products);
  secrets.set(channel, key);
  connections.set(channel, {
    ...{ channel, connection: `${channel}_shop`, kind: 'prestashop', settings: { url, allowHttp: true } },
    ...{ ladder: { rung: 'live' }, pausedFor: undefined, revision: 1 },
  });
};

const start = (url: string): Channels =>
  startChannels({
    ...{ url, pool, ledger, registry, now, digest, kinds: [...connectorKinds.values()] },
    // Rests are shorter than they say, so that what takes seconds in life takes none here.
    sleep: (millis, signal) => sleep(Math.ceil(millis / restFactor), signal),
    mappings: (channel) => {
      const products = sold.get(channel) ?? [];
      const mappings = products.map((product) => ({
        ...{ listing: String(product), sku: skuOf(channel, product), unitsPerSale: 1 },
      }));
      return Promise.resolve({ mappings, next: undefined });
    },
    reviews: () => Promise.resolve(() => undefined),
    log: { write: () => Promise.resolve() },
    findings: { note: () => Promise.resolve() },
    alerts: {
      raise: (alert) => Promise.resolve(void alerts.set(`${alert.channel}/${alert.code}/${alert.subject}`, alert)),
      settle: (channel, code, subject = '') => Promise.resolve(void alerts.delete(`${channel}/${code}/${subject}`)),
      subjects: (channel, code, after) => {
        const own = [...alerts.values()].filter((alert) => alert.channel === channel && alert.code === code);
        return Promise.resolve(
          own
            .map(({ subject }) => subject)
            .filter((subject) => subject > after)
            .toSorted(),
        );
      },
    },
    onTrouble: (_what, error) => troubles.push(error),
    guard: { requestMillisMax: 1_000, restMillis: 100 },
  });

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'bad-shops', max: 8 });
  ledger = createScriptedLedger();
  good = await startPrestashop({ version: '8.2', now });
  goodProduct = good.shop.createProduct({ reference: 'mug', quantity: 10 });
  await ledger.say('good', skuOf('good', goodProduct), 10);
  addChannel('good', good, [goodProduct]);
  channels = start(url);
});
afterAll(async () => {
  await channels.stop();
  await pool.end();
  await good.stop();
  await database.drop();
});

/** In place of what was tried last, where it is left alone. */
const names =
  (wanted: string) =>
  ({ code, detail }: { readonly code: string; readonly detail: string }): boolean =>
    code === wanted || detail.includes(`(${wanted})`);

const shownIn = (server: PrestashopServer, product: number): number | undefined =>
  server.shop.stockOf({ id_product: product, id_product_attribute: 0 })?.quantity;

/** The other shop is set right as if nothing were the matter anywhere. */
const harmsNobody = async (): Promise<void> => {
  figure += 1;
  await ledger.say('good', skuOf('good', goodProduct), figure);
  await expect.poll(() => shownIn(good, goodProduct)).toBe(figure);
  expect(alertsOf('good')).toEqual([]);
};

type Bad = { readonly channel: string; readonly server: PrestashopServer; readonly product: number };

/** @param prepare what is wrong with it from the beginning */
const openBad = async (
  prepare: (server: PrestashopServer) => void = () => undefined,
  options: Partial<Parameters<typeof startPrestashop>[0]> = {},
): Promise<Bad> => {
  const channel = `bad_${(badShops += 1)}`;
  const server = await startPrestashop({ version: '8.2', now, ...options });
  const product = server.shop.createProduct({ reference: 'mug', quantity: 10 });
  await ledger.say(channel, skuOf(channel, product), 7);
  prepare(server);
  addChannel(channel, server, [product]);
  channels.workers.changed(channel);
  stops.push(async () => {
    connections.delete(channel);
    channels.workers.changed(channel);
    await expect.poll(async () => (await channels.workers.status(channel)).isRunning).toBe(false);
    await server.stop();
  });
  return { channel, server, product };
};
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const troubleOf = async (channel: string): Promise<string | undefined> =>
  (await channels.workers.status(channel)).trouble?.code;

/** It is right again: its row is set, and nothing is told any more. */
const recovers = async ({ channel, server, product }: Bad): Promise<void> => {
  await expect.poll(() => shownIn(server, product)).toBe(7);
  await expect.poll(() => alertsOf(channel)).toEqual([]);
  await expect.poll(() => troubleOf(channel)).toBeUndefined();
};

const fault =
  (what: Fault) =>
  ({ faults }: PrestashopServer): void =>
    void faults.add({ fault: what });
const heal = ({ faults }: PrestashopServer): void => faults.heal();

type Way = (server: PrestashopServer) => void;

describe('a shop that somebody has to mend is a ticket at once, and harms no other', () => {
  it.each<[string, string, Way, Way]>([
    ['does not know the key', 'key_refused', ({ keys }) => keys.clear(), ({ keys, key }) => void keys.set(key, all)],
    [
      'has its webservice off',
      'webservice_off',
      ({ shop }) => shop.configure('PS_WEBSERVICE', '0'),
      ({ shop }) => shop.configure('PS_WEBSERVICE', '1'),
    ],
    [
      'lets the key read no history of orders',
      'right_missing',
      ({ keys, key }) => void keys.set(key, { active: true, rights: { orders: ['GET'] } }),
      ({ keys, key }) => void keys.set(key, all),
    ],
    ['sends us to http', 'redirected', fault({ kind: 'redirect', to: 'http://shop.example/api/orders' }), heal],
  ])('one that %s: %s', async (_, code, wrong, mend) => {
    const bad = await openBad(wrong);
    await expect.poll(() => troubleOf(bad.channel)).toBe(code);
    await expect.poll(() => alertsOf(bad.channel)).toEqual([{ code, level: 'ticket', subject: '' }]);
    await harmsNobody();
    mend(bad.server);
    await recovers(bad);
  });

  it('one whose key was written down wrong: over with the right one', async () => {
    const bad = await openBad();
    const { channel, server } = bad;
    await expect.poll(() => shownIn(server, bad.product)).toBe(7);
    const change = (key: string): void => {
      const before = connections.get(channel);
      if (before !== undefined) connections.set(channel, { ...before, revision: before.revision + 1 });
      secrets.set(channel, key);
      channels.workers.changed(channel);
    };
    change(server.key.toLowerCase());
    await expect.poll(() => alertsOf(channel)).toEqual([{ code: 'key_refused', level: 'ticket', subject: '' }]);
    change(server.key);
    await recovers(bad);
  });

  it('one whose certificate nobody knows: certificate', async () => {
    const { channel, server } = await openBad(() => undefined, { tls: selfSigned() });
    await expect.poll(() => troubleOf(channel)).toBe('certificate');
    await expect.poll(() => alertsOf(channel)).toEqual([{ code: 'certificate', level: 'ticket', subject: '' }]);
    expect(server.requests.all()).toEqual([]);
    await harmsNobody();
  });

  it('one that lets the key write no quantity: right_missing', async () => {
    const bad = await openBad(({ keys, key }) => void keys.set(key, { active: true, rights: readOnly }));
    await expect
      .poll(() => alertsOf(bad.channel))
      .toEqual([{ code: 'right_missing', level: 'ticket', subject: 'stock' }]);
    await harmsNobody();
    // It is left alone longer and longer.
    expect(bad.server.requests.all().length).toBeLessThan(requestsMax);
    bad.server.keys.set(bad.server.key, all);
    await recovers(bad);
  });
});

const all = { active: true, rights: 'all' } as const;
const resources = [
  ...['orders', 'order_histories', 'order_details', 'order_slip', 'order_states', 'stock_movements', 'products'],
  ...['combinations', 'configurations', 'stock_availables', 'shops', 'shop_groups', 'carts', 'order_returns'],
];
const readOnly = Object.fromEntries(resources.map((name) => [name, ['GET', 'HEAD'] as const]));

describe('a shop that may come back by itself is told after ten minutes, as a page, and harms no other', () => {
  it.each<[string, string, Fault]>([
    ['answers with a page of HTML', 'not_xml', { kind: 'html', status: 200 }],
    ['answers half of it', 'truncated', { kind: 'truncate', bytes: 120 }],
    ['is silent', 'timeout', { kind: 'silence', commits: false }],
  ])('one that %s: %s', async (_, code, what) => {
    const bad = await openBad(fault(what));
    await expect.poll(() => troubleOf(bad.channel)).toBeOneOf([code, 'circuit_open']);
    expect(alertsOf(bad.channel)).toEqual([]);
    await harmsNobody();
    skipped += minutes(11);
    await expect.poll(() => alertsOf(bad.channel)).toEqual([{ code: 'feed_away', level: 'page', subject: '' }]);
    // However long it is left alone, what is wrong can be read.
    expect((await channels.workers.status(bad.channel)).trouble).toSatisfy(names(code));
    heal(bad.server);
    await recovers(bad);
  });
});

describe('what is odd in a shop is told, and harms no other', () => {
  const sell = ({ shop }: PrestashopServer, ...products: readonly number[]) =>
    shop.placeOrder({
      ...{ lines: products.map((id_product) => ({ id_product, id_product_attribute: 0, quantity: 1 })), state: 2 },
    });
  const isRight = ({ server, product }: Bad): Promise<void> => expect.poll(() => shownIn(server, product)).toBe(7);
  const toldOf = ({ channel }: Bad, id: number) =>
    ledger.told.filter((order) => order.channel === channel && order.orderKey.startsWith(`${id}-`));

  it('a clock an hour ahead: clock_ahead, and no order from the future', async () => {
    const bad = await openBad();
    await isRight(bad);
    bad.server.shop.clock.skew(minutes(60));
    const { id } = await sell(bad.server, bad.product);
    await expect.poll(() => toldOf(bad, id)).toHaveLength(1);
    const placedAt = Date.parse(toldOf(bad, id)[0]?.snapshot.placedAt ?? '');
    expect(placedAt - now()).toBeLessThan(minutes(5));
    await expect
      .poll(() => alertsOf(bad.channel))
      .toEqual([{ code: 'clock_ahead', level: 'ticket', subject: String(id) }]);
    await harmsNobody();
  });

  it('an order of a product that is not there any more, and that nobody has mapped: unmapped_sold, and told whole', async () => {
    const bad = await openBad();
    await isRight(bad);
    const { shop } = bad.server;
    const other = shop.createProduct({ reference: 'gone', quantity: 3 });
    const order = await sell(bad.server, bad.product, other);
    shop.tables.products.remove(other);
    await expect.poll(() => toldOf(bad, order.id)).toHaveLength(1);
    expect(toldOf(bad, order.id)[0]?.snapshot.lines.map(({ ids }) => ids.product)).toEqual(
      [bad.product, other].map(String),
    );
    const subject = `${other}-0@s1g0`;
    await expect.poll(() => alertsOf(bad.channel)).toEqual([{ code: 'unmapped_sold', level: 'ticket', subject }]);
    await harmsNobody();
  });

  it('two products of one reference: the one that is mapped is set, the other is left alone', async () => {
    const twins: number[] = [];
    const bad = await openBad(({ shop }) => void twins.push(shop.createProduct({ reference: 'mug', quantity: 10 })));
    await isRight(bad);
    const [twin = 0] = twins;
    expect(shownIn(bad.server, twin)).toBe(10);
    await sell(bad.server, twin);
    const subject = `${twin}-0@s1g0`;
    await expect.poll(() => alertsOf(bad.channel)).toEqual([{ code: 'unmapped_sold', level: 'ticket', subject }]);
    expect([shownIn(bad.server, twin), shownIn(bad.server, bad.product)]).toEqual([9, 7]);
    await harmsNobody();
    // The ledger says something of another product: nobody has mapped this one so far.
    await ledger.say(bad.channel, skuOf(bad.channel, 0), 1);
    await harmsNobody();
    expect(alertsOf(bad.channel)).toHaveLength(1);
    sold.set(bad.channel, [bad.product, twin]);
    await ledger.say(bad.channel, skuOf(bad.channel, twin), 5);
    await expect.poll(() => alertsOf(bad.channel)).toEqual([]);
    await expect.poll(() => shownIn(bad.server, twin)).toBe(5);
  });

  it('a pack of products that nobody has mapped: unmapped_sold, though only what is in it moves', async () => {
    const bad = await openBad();
    await isRight(bad);
    const items = [{ id_product: bad.product, id_product_attribute: 0, quantity: 2 }];
    const pack = bad.server.shop.createProduct({
      ...{ reference: 'set', quantity: 0, pack: { type: 1, items } },
    });
    await channels.workers.reconcile(bad.channel, { actor: 'a', reason: 'a new pack', dryRun: false });
    const { id } = await sell(bad.server, pack);
    await expect.poll(() => toldOf(bad, id)).toHaveLength(1);
    const subject = `${pack}-0@s1g0`;
    await expect.poll(() => alertsOf(bad.channel)).toEqual([{ code: 'unmapped_sold', level: 'ticket', subject }]);
    await harmsNobody();
    sold.set(bad.channel, [bad.product, pack]);
    await ledger.say(bad.channel, skuOf(bad.channel, pack), 0);
    await expect.poll(() => alertsOf(bad.channel)).toEqual([]);
  });

  it('an order of a mapped product that the shop does not have any more: nobody is asked what it is', async () => {
    const bad = await openBad();
    await isRight(bad);
    const { id } = await sell(bad.server, bad.product);
    await expect.poll(() => toldOf(bad, id)).toHaveLength(1);
    await barRows(pool, bad.channel, [`${bad.product}-0@s1g0`], 'gone');
    const { id: next } = await sell(bad.server, bad.product);
    await expect.poll(() => toldOf(bad, next)).toHaveLength(1);
    await harmsNobody();
    expect(alertsOf(bad.channel)).toEqual([]);
  });

  it('a backup that is put back: paused, shop_restored, and nothing is written', async () => {
    const bad = await openBad();
    await isRight(bad);
    const backup = bad.server.shop.backup();
    const { id } = await sell(bad.server, bad.product);
    await expect.poll(() => toldOf(bad, id)).toHaveLength(1);
    bad.server.shop.restore(backup);
    const told = [
      { code: 'shop_restored', level: 'page', subject: '' },
      { code: 'order_vanished', level: 'ticket', subject: String(id) },
    ];
    await expect.poll(() => alertsOf(bad.channel)).toEqual(told);
    await ledger.say(bad.channel, skuOf(bad.channel, bad.product), 3);
    expect(connections.get(bad.channel)).toMatchObject({ ladder: { rung: 'paused' }, pausedFor: 'shop_restored' });
    await harmsNobody();
    expect(shownIn(bad.server, bad.product)).toBe(7);
    expect(troubles).toEqual([]);
  });
});
