import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelPort, Rung } from '#channel-kit';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { startPrestashop, type PrestashopServer } from '../../../../test/servers/prestashop/index.js';
import { createScriptedLedger, type ScriptedLedger } from '../../testing/scripted-ledger.js';
import type { Alert, Finding, KeptOrder, SyncEntry } from '../contracts/index.js';
import { channelsModule, hearPairs } from '../store/index.js';
import { guardDefaults } from './guarded-port.js';
import { runChannel, type ChannelRun, type RunningChannel } from './run-channel.js';

/* One channel: a database, a shop with its webservice, and a ledger that says what the test says. */

let database: TestDatabase;
let pool: Pool;
let server: PrestashopServer;
let ledger: ScriptedLedger;
let stopping: AbortController;
let running: RunningChannel;
let following: { readonly stop: () => Promise<void> };
const troubles: unknown[] = [];
const alerts: Alert[] = [];
const findings: Finding[] = [];
const entries: SyncEntry[] = [];
const products: number[] = [];
const { sleep } = createClock();
const channel = 'web';
const skuOf = (product: number): string => `sku-${product}`;

/** Time that the tests have skipped. */
let skipped = 0;
const now = (): number => Date.now() + skipped;

const start = (rung: Rung, settings: ChannelRun['channel']['settings'] = {}): void => {
  stopping = new AbortController();
  const client = webserviceClient({ base: `${server.url}/api/`, key: server.key });
  running = runChannel({
    ...{ pool, ledger, sleep, now, signal: stopping.signal },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    mappings: () =>
      Promise.resolve({
        mappings: products.map((product) => ({ listing: String(product), sku: skuOf(product), unitsPerSale: 1 })),
        next: undefined,
      }),
    reviews: () => Promise.resolve(() => undefined),
    log: { write: (some) => Promise.resolve(void entries.push(...some)) },
    alerts: {
      raise: (alert) => Promise.resolve(void alerts.push(alert)),
      settle: () => Promise.resolve(),
      subjects: () => Promise.resolve([]),
    },
    findings: { note: (some) => Promise.resolve(void findings.push(...some)) },
    channel: {
      ...{ channel, connection: 'shop', kind: 'prestashop', settings, ladder: { rung } },
      ...{ pausedFor: undefined, revision: 1 },
    },
    port: createPrestashopPort({ client, now }) as unknown as ChannelPort<KeptOrder>,
    mayWrite: () => Promise.resolve(),
    onRestored: () => Promise.resolve(),
    onTrouble: (_what, error) => troubles.push(error),
    guard: guardDefaults,
  });
};

const stop = async (): Promise<void> => {
  stopping.abort();
  await running.stopped;
};

const shown = (product: number): number | undefined =>
  server.shop.tables.stock.all().find((row) => row.id_product === product && row.id_product_attribute === 0)?.quantity;

const writesOf = (product: number): readonly number[] =>
  server.shop.writes
    .all()
    .filter(({ after, cause }) => after.id_product === product && cause.kind !== 'act')
    .map(({ after }) => after.quantity);

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'channel-test', max: 6 });
  server = await startPrestashop({ version: '8.2', seed: 'demo' });
  for (let nth = 0; nth < 5; nth++) products.push(server.shop.createProduct({ reference: `row_${nth}`, quantity: 10 }));
  ledger = createScriptedLedger();
  for (const product of products) await ledger.say(channel, skuOf(product), 10);
  start('live');
  following = await ledger.follow(async (pairs) => {
    await hearPairs(pool, pairs, now());
    running.wake();
  });
}, 60_000);
afterAll(async () => {
  await following.stop();
  await stop();
  await pool.end();
  await server.stop();
  await database.drop();
});

describe('the loop of a channel', () => {
  it('sets a row to what the ledger says', async () => {
    const [product = 0] = products;
    await ledger.say(channel, skuOf(product), 7);
    await expect.poll(() => shown(product), { timeout: 20_000 }).toBe(7);
    expect(writesOf(product)).toEqual([7]);
  });

  it('tells the ledger of an order, and writes nothing where the shop has lowered its row itself', async () => {
    const product = products[1] as number;
    const line = { id_product: product, id_product_attribute: 0, quantity: 3 };
    // Included is what its figures include: both change at once.
    ledger.includes(false);
    const order = await server.shop.placeOrder({ lines: [line], state: 2 });
    const told = () => ledger.told.filter(({ orderKey }) => orderKey.startsWith(`${order.id}-`));
    await expect.poll(told, { timeout: 20_000 }).toHaveLength(1);
    expect(told()[0]).toMatchObject({
      ...{ channel, connection: 'shop' },
      snapshot: { payment: 'paid', lines: [{ ids: { product: String(product) }, ordered: 3 }] },
    });
    ledger.includes(true);
    await ledger.say(channel, skuOf(product), 7);
    await ledger.say(channel, skuOf(products[2] as number), 4);
    await expect.poll(() => shown(products[2] as number), { timeout: 20_000 }).toBe(4);
    expect([shown(product), writesOf(product), troubles]).toEqual([7, [], []]);
  });
});

describe('in the time that the owner of a shop keeps for himself', () => {
  const minuteMillis = 60_000;
  const clockTime = (millis: number): string => new Date(millis).toISOString().slice(11, 16);
  const sellTold = async (product: number): Promise<void> => {
    const line = { id_product: product, id_product_attribute: 0, quantity: 1 };
    const { id } = await server.shop.placeOrder({ lines: [line], state: 2 });
    await expect.poll(() => ledger.told.some(({ orderKey }) => orderKey.startsWith(`${id}-`))).toBe(true);
  };

  it('orders are taken in and nothing is written; afterwards the rows are set right', async () => {
    await stop();
    const [from, to] = [now() - minuteMillis, now() + 30 * minuteMillis].map(clockTime);
    start('live', { maintenance: { from, to } });
    const [, , , kept = 0, other = 0] = products;
    const before = writesOf(kept).length;
    await ledger.say(channel, skuOf(kept), 2);
    for (const sale of [other, other]) await sellTold(sale);
    expect([writesOf(kept).length, shown(kept)]).toEqual([before, 10]);
    skipped += 60 * minuteMillis;
    await expect.poll(() => shown(kept)).toBe(2);
  });
});
