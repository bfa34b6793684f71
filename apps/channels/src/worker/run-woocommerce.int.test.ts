import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { startWooCommerce, type WooCommerceServer } from '../../../../test/servers/woocommerce/index.js';
import { createScriptedLedger, type ScriptedLedger } from '../../testing/scripted-ledger.js';
import { wooCommerceKind } from '../connections/kinds/woocommerce.js';
import type { Alert, OpenShop } from '../contracts/index.js';
import { createRowHints } from '../intake/row-hints.js';
import { channelsModule, findRows, hearPairs, standingOf } from '../store/index.js';
import { guardDefaults } from './guarded-port.js';
import { runChannel, type RunningChannel } from './run-channel.js';

/* A shop of WooCommerce behind the loop: its orders take their units when they are paid, and a checkout keeps them until then. */

let database: TestDatabase;
let pool: Pool;
let server: WooCommerceServer;
let shop: OpenShop;
let ledger: ScriptedLedger;
let running: RunningChannel;
let following: { readonly stop: () => Promise<void> };
let aheadMillis = 0;
const stopping = new AbortController();
const troubles: unknown[] = [];
const alerts: Alert[] = [];
const products: number[] = [];
const { sleep } = createClock();
const channel = 'web';
const holdStockMinutes = 60;
const now = (): number => Date.now() + aheadMillis;
const skuOf = (product: number): string => `sku-${product}`;

const start = (): void => {
  // How long the shop keeps units it says itself.
  const settings = wooCommerceKind.judgeSettings({ url: server.url });
  if (settings.kind === 'unfit') throw new Error(settings.detail);
  const { key, secret } = server;
  shop = wooCommerceKind.open({
    settings: settings.settings,
    secrets: { key, secret, webhookSecret: 'hook-secret' },
    now,
  });
  running = runChannel({
    ...{ pool, ledger, sleep, now, signal: stopping.signal },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    mappings: () =>
      Promise.resolve({
        mappings: products.map((product) => ({ listing: String(product), sku: skuOf(product), unitsPerSale: 1 })),
        next: undefined,
      }),
    reviews: () => Promise.resolve(() => undefined),
    log: { write: () => Promise.resolve() },
    alerts: {
      raise: (alert) => Promise.resolve(void alerts.push(alert)),
      settle: () => Promise.resolve(),
      subjects: () => Promise.resolve([]),
    },
    findings: { note: () => Promise.resolve() },
    channel: {
      ...{ channel, connection: 'shop', kind: 'woocommerce', settings: {}, ladder: { rung: 'live' } },
      ...{ pausedFor: undefined, revision: 1 },
    },
    port: shop.port,
    mayWrite: () => Promise.resolve(),
    onRestored: () => Promise.resolve(),
    onTrouble: (_what, error) => troubles.push(error),
    guard: guardDefaults,
  });
};

const stockOf = (product: number): number | null => server.shop.product(product).stock;

/** What was written by us, and not moved by an order. */
const writesOf = (product: number): readonly (number | null)[] =>
  server.shop.context.writes
    .filter((write) => write.product === product && write.cause !== 'order')
    .map(({ to }) => to);

const patience = { timeout: 20_000 };

/** Everything that was due before is done once a row that became due later is written. */
const settled = async (shown: number): Promise<void> => {
  const [last = 0] = products.slice(-1);
  await ledger.say(channel, skuOf(last), shown);
  await expect.poll(() => stockOf(last), patience).toBe(shown);
};

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'channel-test', max: 6 });
  server = await startWooCommerce({ now, holdStockMinutes });
  for (let nth = 0; nth < 3; nth++) products.push(server.shop.createProduct({ sku: `row_${nth}`, stock: 10 }).id);
  server.shop.context.writes.length = 0;
  ledger = createScriptedLedger();
  for (const product of products) await ledger.say(channel, skuOf(product), 10);
  start();
  following = await ledger.follow(async (pairs) => {
    await hearPairs(pool, pairs, now());
    running.wake();
  });
}, 60_000);
afterAll(async () => {
  await following.stop();
  stopping.abort();
  await running.stopped;
  await shop.close();
  await pool.end();
  await server.stop();
  await database.drop();
});

/** A shopper who is sent to a page elsewhere to pay; the ledger then has two units less to promise. */
const bought = async (product: number): Promise<number> => {
  const lines = [{ product, quantity: 2 }];
  ledger.includes(false);
  const sale = await server.shop.buy({ checkout: 'block', gateway: 'offsite', lines });
  if (sale.kind === 'refused') throw new Error(sale.code);
  const told = () => ledger.told.filter(({ orderKey }) => orderKey.startsWith(`${sale.order.id}-`));
  await expect.poll(() => told().length, patience).toBe(1);
  expect(told()[0]).toMatchObject({ snapshot: { payment: 'pending', lines: [{ ordered: 2 }] } });
  // What includes an order and what lowers its figure is one thing.
  ledger.includes(true);
  await ledger.say(channel, skuOf(product), 8);
  return sale.order.id;
};

describe('the loop of a channel of WooCommerce', () => {
  it('leaves the units of an unpaid checkout in the row, which the shop lowers itself when it is paid', async () => {
    const [product = 0] = products;
    const order = await bought(product);
    await settled(9);
    expect([stockOf(product), writesOf(product)]).toEqual([10, []]);
    await server.shop.updateOrder(order, { status: 'processing' });
    const paid = () => ledger.told.some(({ snapshot }) => snapshot.payment === 'paid');
    await expect.poll(paid, patience).toBe(true);
    await settled(8);
    expect([stockOf(product), writesOf(product), troubles, alerts]).toEqual([8, [], [], []]);
  });

  it('takes them out of the row when the shop keeps them no longer, though nothing has changed', async () => {
    const product = products[1] as number;
    await bought(product);
    await settled(7);
    expect(stockOf(product)).toBe(10);
    aheadMillis += holdStockMinutes * 60_000;
    running.wake();
    await expect.poll(() => stockOf(product), patience).toBe(8);
    expect([writesOf(product), troubles]).toEqual([[8], []]);
  });

  it('has the shop cancel what nobody has paid a quarter of an hour after that, which the shop itself would not do', async () => {
    const product = products[0] as number;
    const order = await bought(product);
    await server.shop.cancelUnpaid();
    aheadMillis += (holdStockMinutes + 14) * 60_000;
    running.wake();
    await settled(6);
    expect(server.shop.order(order)?.status).toBe('pending');
    aheadMillis += 2 * 60_000;
    running.wake();
    await expect.poll(() => server.shop.order(order)?.status, patience).toBe('cancelled');
    const cancelled = () =>
      ledger.told.some(
        ({ orderKey, snapshot }) => orderKey.startsWith(`${order}-`) && snapshot.payment === 'cancelled',
      );
    await expect.poll(cancelled, patience).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('switches webhooks on again that the shop has switched off, and tells people', async () => {
    const { id } = server.shop.addWebhook('order.updated', `https://ledger.example/v1/channels/${channel}/hints`);
    server.shop.disableWebhook(id);
    aheadMillis += 60 * 60_000;
    running.wake();
    await expect.poll(() => server.shop.context.webhooks.get(id)?.status, patience).toBe('active');
    await expect.poll(() => alerts.map(({ code }) => code), patience).toContain('webhook_disabled');
  });

  it('sets a row back that somebody has set in the shop, once the shop says so, and no row besides', async () => {
    const [, other = 0, product = 0] = products;
    aheadMillis += 2 * 60_000;
    running.wake();
    await expect.poll(async () => (await standingOf(pool, channel, now())).rowsDue, patience).toBe(0);
    const shown = stockOf(product);
    server.shop.setStock(product, 50);
    server.shop.setStock(other, 50);
    running.wake();
    await ledger.say(channel, skuOf(products[0] as number), 3);
    await expect.poll(() => stockOf(products[0] as number), patience).toBe(3);
    // Nothing tells of it so far.
    expect([stockOf(product), stockOf(other)]).toEqual([50, 50]);
    const hints = createRowHints((_what, error) => troubles.push(error));
    const work = { ...running.work, sleep: () => Promise.resolve() };
    const known = Number((await findRows(pool, channel, [`${other}-0`]))[0]?.record.history?.base.value);
    hints.take({ ...running, work }, [
      { row: `${product}-0`, figure: 50 },
      { row: `${other}-0`, figure: known },
    ]);
    await hints.ended();
    await expect.poll(() => stockOf(product), patience).toBe(shown);
    expect([stockOf(other), troubles]).toEqual([50, []]);
  });
});
