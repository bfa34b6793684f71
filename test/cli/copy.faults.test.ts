import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalOf, type EventStore, type RecordedEvent } from '#event-sourcing';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { setUpShop, receipt, startServer, type LedgerServer } from '../e2e/harness.js';
import { startEventStoreServer, type EventStoreServer } from '../servers/eventstoredb/index.js';

let database: TestDatabase;
let server: EventStoreServer;
let key = '';

beforeAll(async () => {
  database = await createDatabase();
  server = await startEventStoreServer({ runs: 'child' });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const onPostgres = { EVENTSTOREDB_URL: '', EVENTSTOREDB_NAMESPACE: '' };
const onEventStoreDb = () => ({ EVENTSTOREDB_URL: server.url, EVENTSTOREDB_NAMESPACE: 'copied-' });

const copy = (...options: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['dist/apps/cli/src/copy/main.js', ...options, '--json'],
    { env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, ...onEventStoreDb() }, encoding: 'utf8' },
  );
  const result: unknown = status === 0 ? JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') : stderr;
  return { status, result };
};

/** The whole ledger on one engine, for as long as `work` takes. */
const running = async <Result>(
  env: Readonly<Record<string, string>>,
  work: (ledger: LedgerServer) => Promise<Result>,
): Promise<Result> => {
  const ledger = await startServer({ databaseUrl: database.url, env });
  try {
    // Only the first start makes one.
    if (key === '') key = ledger.operatorKey;
    return await work(ledger);
  } finally {
    await ledger.stop();
  }
};

const hashesOf = async ({ services: { store } }: LedgerServer): Promise<readonly unknown[]> =>
  (await eventsOf(store)).map(({ position: _position, ...event }) => ({ ...event, canonical: canonicalOf(event) }));

const eventsOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const head = await store.head();
  const enough = new AbortController();
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe(undefined, { signal: enough.signal })) {
    events.push(...batch.events);
    if (head === undefined || batch.after >= head) enough.abort();
  }
  return events;
};

/** What the world was told, and what is known of SKU A; all caught up. */
const standingOf = async (ledger: LedgerServer) => {
  await ledger.caughtUp();
  const { queries } = ledger.services.availability;
  const stock = (await ledger.ok('GET', '/v1/stock/A', undefined, { key })) as Readonly<Record<string, unknown>>;
  return {
    changes: (await queries.changes({ after: 0, limit: 1_000 })).map(({ sequence, sku, atp }) => [sequence, sku, atp]),
    stock: { ...stock, position: undefined, at: undefined, knownAt: undefined },
  };
};

const sell = (ledger: LedgerServer, cart: string, quantity: number) =>
  ledger.ok('PUT', `/v1/reservations/web/${cart}`, { lines: [{ sku: 'A', quantity }] }, { key });

const announced = (ledger: LedgerServer, atp: number): Promise<void> =>
  expect
    .poll(async () => (await ledger.services.availability.queries.changes({ after: 0, limit: 1_000 })).at(-1)?.atp)
    .toBe(atp);

describe('a ledger whose log moves', () => {
  it('goes on at the other engine, and back, with the same events and nothing announced anew', async () => {
    const before = await running(onPostgres, async (ledger) => {
      await setUpShop(ledger);
      await sell(ledger, 'cart-1', 3);
      await announced(ledger, 7);
      return { events: await hashesOf(ledger), standing: await standingOf(ledger) };
    });
    expect(copy('--from', 'postgres', '--to', 'eventstoredb', '--dry-run')).toMatchObject({
      result: { events: before.events.length, copied: before.events.length, rebuilt: [] },
    });
    expect(copy('--from', 'postgres', '--to', 'eventstoredb')).toMatchObject({
      status: 0,
      result: { there: 0, copied: before.events.length, rebuilt: ['fold', 'history', 'index'] },
    });
    expect(copy('--from', 'postgres', '--to', 'eventstoredb')).toMatchObject({
      result: { there: before.events.length, copied: 0 },
    });
    const there = await running(onEventStoreDb(), async (ledger) => {
      expect(ledger.services.store.capabilities.name).toBe('eventstoredb');
      expect(await hashesOf(ledger)).toEqual(before.events);
      expect(await standingOf(ledger)).toEqual(before.standing);
      await ledger.ok('POST', '/v1/movements', receipt({ sourceKey: 'second', quantity: 5 }), { key });
      await announced(ledger, 12);
      return { events: await hashesOf(ledger), standing: await standingOf(ledger) };
    });
    expect(copy('--from', 'eventstoredb', '--to', 'postgres')).toMatchObject({
      result: { there: before.events.length, copied: there.events.length - before.events.length },
    });
    await running(onPostgres, async (ledger) => {
      expect(ledger.services.store.capabilities.name).toBe('postgres');
      expect(await hashesOf(ledger)).toEqual(there.events);
      expect(await standingOf(ledger)).toEqual(there.standing);
      await sell(ledger, 'cart-2', 1);
      await announced(ledger, 11);
    });
  });

  it('control: where both have gone on by themselves, nothing is copied', async () => {
    await running(onEventStoreDb(), async (ledger) => {
      await ledger.ok('POST', '/v1/movements', receipt({ sourceKey: 'third' }), { key });
    });
    const { status, result } = copy('--from', 'eventstoredb', '--to', 'postgres');
    expect([status, result]).toEqual([1, expect.stringContaining('The target holds other events')]);
  });
});
