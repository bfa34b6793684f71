import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { ledgerModule } from '#event-store/postgres';
import { authModule, readConfig, silentLogger } from '#platform';
import { listUnsweptSkus, readModule } from '#read-model';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { cartsModule, sagasModule } from '#apps/ledger';
import { startServices, type Services } from '#apps/standalone';
import { sweepSkus } from './sweep-skus.js';
import { unsweptSkusOf } from './unswept-skus.read-model.js';

const never = new AbortController().signal;
const asker = { connection: 'operator', actor: 'k1', correlationId: 'c' };
const waiting = { timeout: 60_000, interval: 50 };

let database: TestDatabase;
let serviceUrl: string;
let pool: Pool;
let services: Services | undefined;

beforeEach(async () => {
  database = await createDatabase();
  const modules = [ledgerModule, readModule, authModule, sagasModule, cartsModule];
  ({ serviceUrl } = await provision({ ownerUrl: database.url, modules }));
  pool = createPool({ url: serviceUrl, applicationName: 'sweeper-test', max: 2 });
});
afterEach(async () => {
  await services?.stop();
  await pool.end();
  await database.drop();
});

/** Two SKUs: `held` with a hold of a second, `owed` with 250 order lines and enough units for them. */
const startScene = async (sweepEveryMillis: number): Promise<Services> => {
  const config = readConfig({ SWEEP_EVERY_MILLIS: String(sweepEveryMillis) });
  services = await startServices(serviceUrl, config, silentLogger);
  const { ledger } = services;
  await ledger.setLocation(asker, { kind: 'define_location', location: 'wh1', author: 'operator', authors: {} });
  await ledger.setChannel(asker, {
    ...{ kind: 'define_channel', channel: 'web', connection: 'operator', locations: ['wh1'] },
    ...{ reservationTtlMillis: 60_000, splitCarts: false },
  });
  await receive(ledger, 'held', 5);
  await receive(ledger, 'owed', 1);
  const lines = [{ sku: 'held', quantity: 2 }];
  expect(await ledger.carts.set(asker, { channel: 'web', cart: 'c', lines, ttlMillis: 1_000 })).toMatchObject({
    kind: 'held',
  });
  await order(ledger, 350);
  await receive(ledger, 'owed', 400);
  return services;
};

type Ledger = Services['ledger'];

const receive = async (ledger: Ledger, sku: string, quantity: number): Promise<void> => {
  const fact = {
    kind: 'receipt',
    connection: 'operator',
    sourceKey: `r${quantity}`,
    sourceVersion: 1,
    occurredAt: ledger.clock.now(),
    location: 'wh1',
    quantity,
    bucket: 'sellable',
  } as const;
  expect(await ledger.report(asker, sku, fact, { momentGiven: true })).toMatchObject({ kind: 'accepted' });
};

const order = async ({ orders, clock }: Ledger, lines: number): Promise<void> => {
  const now = clock.now();
  const product = { sku: 'owed', unitsPerSale: 1 };
  const snapshot = {
    version: 1,
    placedAt: now,
    changedAt: now,
    payment: 'paid',
    lines: Array.from({ length: lines }, (_, line) => ({ line: String(line), product, ordered: 1, cancelled: 0 })),
  } as const;
  const answer = await orders.record(asker, { channel: 'web', orderKey: 'o' }, snapshot);
  expect(answer).toMatchObject({ kind: 'recorded' });
};

const setState = async (ledger: Ledger, revision: number, state: 'open' | 'counting'): Promise<void> => {
  const place = { location: 'wh1', author: 'operator', authors: {}, locationKind: 'own', state } as const;
  const outcome = await ledger.setLocation(asker, { kind: 'change_location', ...place, revision });
  expect(outcome).toMatchObject({ kind: 'accepted' });
};

const caughtUp = async ({ store, availability }: Services): Promise<void> => {
  const head = await store.head();
  if (head !== undefined) await availability.caughtUpTo(head);
};
const standing = async ({ ledger }: Services) => {
  const [held, owed] = await ledger.lanes.stock.load(['stock-held', 'stock-owed']);
  return {
    holds: held?.state.holds.size,
    reserved: held?.state.balances.get('wh1')?.reserved,
    oversold: owed?.state.oversold.size,
  };
};
const swept = { holds: 0, reserved: 0, oversold: 0 };

it('control: what nobody sweeps stays, named by the read model; one round clears it', async () => {
  const running = await startScene(3_600_000);
  const unswept = (): Promise<readonly string[]> => listUnsweptSkus(pool, running.ledger.clock.now(), '', 10);
  await caughtUp(running);
  await expect.poll(unswept, waiting).toEqual(['held', 'owed']);
  expect(await listUnsweptSkus(pool, running.ledger.clock.now(), '', 1)).toEqual(['held']);
  expect(await listUnsweptSkus(pool, running.ledger.clock.now(), 'held', 10)).toEqual(['owed']);
  expect(await listUnsweptSkus(pool, '2000-01-01T00:00:00.000Z', '', 10)).toEqual(['owed']);
  await setState(running.ledger, 0, 'counting');
  await caughtUp(running);
  expect(await unswept()).toEqual(['held']);
  await setState(running.ledger, 1, 'open');
  await caughtUp(running);
  expect(await unswept()).toEqual(['held', 'owed']);
  expect(await standing(running)).toEqual({ holds: 1, reserved: 2, oversold: 249 });

  const { clock, lanes } = running.ledger;
  let ids = 0;
  const parts = {
    ...{ clock, stock: lanes.stock, stockStream: (sku: string) => `stock-${sku}` },
    ...{ unswept: unsweptSkusOf(pool), newId: () => `sweep-${(ids += 1)}` },
  };
  expect(await sweepSkus(parts, never)).toBe(2);
  expect(await standing(running)).toEqual(swept);
  await caughtUp(running);
  expect(await unswept()).toEqual([]);
});

it('sweeps by itself, and stops with the ledger', async () => {
  const running = await startScene(20);
  await expect.poll(() => standing(running), waiting).toEqual(swept);
  await caughtUp(running);
  const head = await running.store.head();
  expect(await listUnsweptSkus(pool, running.ledger.clock.now(), '', 10)).toEqual([]);
  await running.ledger.stop();
  expect(await running.store.head()).toBe(head);
});
