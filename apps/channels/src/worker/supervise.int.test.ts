import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rung } from '#channel-kit';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { startPrestashop, type PrestashopServer } from '../../../../test/servers/prestashop/index.js';
import { createScriptedLedger, type ScriptedLedger } from '../../testing/scripted-ledger.js';
import { startChannels, type Channels } from '../composition/start-channels.js';
import { connectorKinds } from '../connections/index.js';
import type { ChannelConnection, ChannelRegistry } from '../contracts/index.js';
import { channelsModule } from '../store/index.js';

/* A channel that is changed while it runs: what its shop is asked because of that. */

const channel = 'web';
const otherKey = 'OTHERKEYOFTHESAMESHOP0123456789A';
const { sleep } = createClock();
const now = (): number => Date.now();

let database: TestDatabase;
let pool: Pool;
let ledger: ScriptedLedger;
let channels: Channels;
let server: PrestashopServer;
let product: number;
let connection: ChannelConnection | undefined;
let key: string;
let figure = 100;
const troubles: unknown[] = [];

/** @param change what a person has changed */
const change = (changed: Partial<ChannelConnection>): void => {
  connection = { ...(connection as ChannelConnection), ...changed, revision: (connection?.revision ?? 0) + 1 };
  channels.workers.changed(channel);
};
const step = (rung: Rung): void => change({ ladder: { rung } });

const registry: ChannelRegistry = {
  list: () => Promise.resolve(connection === undefined ? [] : [connection]),
  find: () => Promise.resolve(connection),
  secretsOf: () => Promise.resolve({ key }),
  // A channel that is paused stays as it is, or each pause would end the run that reads the orders anew.
  pause: () => {
    if (connection?.pausedFor === undefined) change({ ladder: { rung: 'paused' }, pausedFor: 'shop_restored' });
    return Promise.resolve();
  },
};

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'supervise', max: 8 });
  ledger = createScriptedLedger();
  server = await startPrestashop({ version: '8.2' });
  server.keys.set(otherKey, { active: true, rights: 'all' });
  key = server.key;
  product = server.shop.createProduct({ reference: 'mug', quantity: 100 });
  channels = startChannels({
    ...{ url, pool, ledger, registry, now, sleep, kinds: [...connectorKinds.values()] },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    mappings: () =>
      Promise.resolve({ mappings: [{ listing: String(product), sku: 'mug', unitsPerSale: 1 }], next: undefined }),
    reviews: () => Promise.resolve(() => undefined),
    log: { write: () => Promise.resolve() },
    findings: { note: () => Promise.resolve() },
    alerts: { raise: () => Promise.resolve(), settle: () => Promise.resolve(), subjects: () => Promise.resolve([]) },
    onTrouble: (_what, error) => troubles.push(error),
  });
}, 60_000);
afterAll(async () => {
  await channels.stop();
  await pool.end();
  await server.stop();
  await database.drop();
  expect(troubles).toEqual([]);
});

const isRunning = async (): Promise<boolean> => (await channels.workers.status(channel)).isRunning;
const shown = (): number | undefined => server.shop.stockOf({ id_product: product, id_product_attribute: 0 })?.quantity;

/** The ledger says something else of the row, and it is set: whoever runs the channel now has done all that comes before. */
const setsTheRow = async (): Promise<void> => {
  // Lower each time: a row whose last write was cut off by the change may rise only when a minute is over.
  figure -= 1;
  await ledger.say(channel, 'mug', figure);
  await expect.poll(shown).toBe(figure);
};

/** Pages of all products, in which packs are looked for; the products of listings are asked for by their ids. */
const packsRead = (): number =>
  server.requests.all().filter(({ path }) => decodeURIComponent(path).includes('/products?filter[id]=>')).length;

/** Far from this moment: a time of the day in which nothing happens here. */
const maintenance = (): object => {
  const [from, to] = [60, 90].map((minutes) => new Date(now() + minutes * 60_000).toISOString().slice(11, 16));
  return { from, to };
};

describe('a channel that runs', () => {
  beforeEach(async () => {
    connection = undefined;
    channels.workers.changed(channel);
    await expect.poll(isRunning).toBe(false);
    connection = {
      ...{ channel, connection: 'shop', kind: 'prestashop', settings: { url: server.url, allowHttp: true } },
      ...{ ladder: { rung: 'live' as const }, pausedFor: undefined, revision: 1 },
    };
    channels.workers.changed(channel);
    await setsTheRow();
    server.requests.clear();
  });

  it('reads no products again on another rung, after a pause, or with other hours of maintenance', async () => {
    for (const rung of ['shadow', 'paused', 'live'] as const) {
      step(rung);
      await expect.poll(isRunning).toBe(true);
    }
    change({ settings: { ...connection?.settings, maintenance: maintenance() } });
    await setsTheRow();
    expect(packsRead()).toBe(0);
  });

  it.each<[string, () => void | Promise<void>]>([
    ['another key', () => ((key = otherKey), change({}))],
    [
      'another address',
      () => change({ settings: { url: server.url.replace('127.0.0.1', 'localhost'), allowHttp: true } }),
    ],
    ['being off', () => isOff()],
  ])('reads all of them after %s', async (_, happens) => {
    await happens();
    step('live');
    await setsTheRow();
    expect(packsRead()).toBe(1);
  });

  it('reads all of them after a backup of the shop was put back', async () => {
    await isRestored();
    change({ ladder: { rung: 'live' }, pausedFor: undefined });
    await expect.poll(packsRead).toBe(1);
  });
});

const isOff = async (): Promise<void> => {
  step('off');
  await expect.poll(isRunning).toBe(false);
};

const isRestored = async (): Promise<void> => {
  const backup = server.shop.backup();
  const line = { id_product: product, id_product_attribute: 0, quantity: 1 };
  const { id } = await server.shop.placeOrder({ lines: [line], state: 2 });
  const isTold = (): boolean => ledger.told.some(({ orderKey }) => orderKey.startsWith(`${id}-`));
  await expect.poll(isTold).toBe(true);
  server.shop.restore(backup);
  await expect.poll(() => connection?.pausedFor).toBe('shop_restored');
  // Who lets it go on before its orders were read anew has it paused once more.
  const pausedAt = now();
  const freshAt = async (): Promise<number> => (await channels.workers.status(channel)).feedFreshAt ?? 0;
  await expect.poll(freshAt).toBeGreaterThan(pausedAt);
};
