import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventStoreDbStore } from '#event-store/eventstoredb';
import { verifyLog } from '#event-store/postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { plainDigest } from '#testing';
import { streamPrefixes } from '#apps/standalone';
import { startEventStoreServer, type EventStoreServer } from '../servers/eventstoredb/index.js';
import { receipt, startServer, type Answer, type LedgerServer } from './harness.js';
import { asPage, asStock, having, including } from './views.js';

/* A whole ledger whose log is in EventStoreDB, through restarts of the one and of the other. */

const waiting = { timeout: 60_000 };

let events: EventStoreServer;
let database: TestDatabase;
let ledger: LedgerServer;
let key: string;
/** Another process on the same database and log: it knows nothing but what they hold. */
const startLedger = async (): Promise<void> => {
  ledger = await startServer({
    databaseUrl: database.url,
    env: { EVENTSTOREDB_URL: events.url, EVENTSTOREDB_NAMESPACE: '' },
  });
};
beforeAll(async () => {
  [events, database] = await Promise.all([startEventStoreServer({ runs: 'child' }), createDatabase()]);
  await startLedger();
  key = ledger.operatorKey;
});
afterAll(async () => {
  await ledger.stop();
  await events.stop();
  await database.drop();
});

const ok = (method: string, path: string, body?: unknown): Promise<unknown> => ledger.ok(method, path, body, { key });
const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  ledger.call(method, path, { key, ...(body !== undefined && { body }) });
const ready = (): Promise<Answer> => ledger.call('GET', '/health/ready', { key: undefined });

const order = (version: number, cancelled: number) => ({
  ...{ version, placedAt: '2026-01-05T10:00:00Z', cart: 'c1' },
  lines: [
    { line: '1', sku: 'A', ordered: 2, cancelled },
    { line: '2', sku: 'B', ordered: 1 },
  ],
});

type Balances = { readonly sellable: number; readonly reserved: number; readonly committed: number };
/** Sellable, reserved and committed units of a SKU. */
const standing = async (sku: string): Promise<readonly (number | undefined)[]> => {
  await ledger.caughtUp();
  const [at] = asStock(await ok('GET', `/v1/stock/${sku}`)).locations as readonly Partial<Balances>[];
  return [at?.sellable, at?.reserved, at?.committed];
};

describe('a ledger on EventStoreDB', () => {
  it('takes in movements and carts, and knows them after its own restart', async () => {
    await ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
    await ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
    await ok('POST', '/v1/movements', receipt());
    await ok('POST', '/v1/movements', receipt({ sku: 'B', quantity: 5, sourceKey: 'opening-B' }));
    await ok('PUT', '/v1/reservations/web/c1', {
      lines: [
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 1 },
      ],
    });
    await ledger.stop();
    await startLedger();
    expect([await standing('A'), await standing('B')]).toEqual([
      [8, 2, 0],
      [4, 1, 0],
    ]);
    expect(await ok('POST', '/v1/movements', receipt())).toMatchObject({ repeated: true });
  });

  it('turns the cart into an order, and loses nothing when the server is killed', async () => {
    expect(await ok('PUT', '/v1/orders/web/o1', order(1, 0))).toMatchObject({
      lines: [{ status: 'committed' }, { status: 'committed' }],
    });
    await events.kill();
    const away = receipt({ quantity: 3, sourceKey: 'while away' });
    const answer = await call('POST', '/v1/movements', away);
    expect(answer.status, answer.text).toBe(503);
    expect(await ready()).toMatchObject({
      status: 503,
      body: { checks: including(having({ name: 'store', ok: false })) },
    });
    await events.restart();
    await expect.poll(async () => (await call('POST', '/v1/movements', away)).status, waiting).toBe(200);
    expect(await ok('POST', '/v1/movements', away)).toMatchObject({ repeated: true });
    await expect.poll(async () => (await ready()).status, waiting).toBe(200);
    expect([await standing('A'), await standing('B')]).toEqual([
      [11, 0, 2],
      [4, 0, 1],
    ]);
  });

  it('cancels, counts, and ends with balances that its history explains', async () => {
    await ok('PUT', '/v1/orders/web/o1', order(2, 1));
    await ok('POST', '/v1/movements', { kind: 'count', sku: 'A', location: 'wh1', quantity: 12, sourceKey: 'count-A' });
    expect(await standing('A')).toEqual([11, 0, 1]);
    await ledger.stop();
    await startLedger();
    expect([await standing('A'), await standing('B')]).toEqual([
      [11, 0, 1],
      [4, 0, 1],
    ]);
    const { rows } = asPage(await ok('GET', '/v1/stock/A/history?limit=100'));
    const types = rows.map((row) => (row as { readonly type: string }).type).toReversed();
    expect(types).toEqual([
      'StockReceived',
      'StockReserved',
      'CommitmentChanged',
      'StockReceived',
      'CommitmentChanged',
      'StockCounted',
    ]);
    const store = createEventStoreDbStore({ url: events.url, prefixes: streamPrefixes });
    expect((await verifyLog({ store, digest: plainDigest })).problems).toEqual([]);
    for await (const finding of store.findDamage()) expect.unreachable(JSON.stringify(finding));
    await store.close();
  });
});

describe('a log that somebody deletes from', () => {
  const logCheck = async (): Promise<unknown> => {
    const { checks } = (await ready()).body as { readonly checks: readonly { readonly name: string }[] };
    return checks.find(({ name }) => name === 'log');
  };

  it('control: is sound before', async () => {
    expect(await logCheck()).toEqual({ name: 'log', ok: true, numbers: { damagedStreams: 0 } });
  });

  it('is told as damaged while the ledger runs, and to one that starts later', async () => {
    const client = EventStoreDBClient.connectionString(events.url);
    await ok('POST', '/v1/movements', receipt({ sku: 'C', sourceKey: 'opening-C' }));
    await client.deleteStream('stock-B');
    const deleted = { stream: 'stock-B', damage: 'first_revision' };
    await expect.poll(logCheck, waiting).toEqual({
      ...{ name: 'log', ok: false },
      numbers: { damagedStreams: 1, named: [deleted] },
    });
    await client.tombstoneStream('stock-C');
    const tombstoned = { stream: 'stock-C', damage: 'tombstoned' };
    const both = having({ damagedStreams: 2, named: including(deleted, tombstoned) });
    await expect.poll(logCheck, waiting).toMatchObject({ ok: false, numbers: both });
    expect((await ready()).status).toBe(503);
    await ledger.stop();
    await startLedger();
    await expect.poll(logCheck, waiting).toMatchObject({ ok: false, numbers: both });
    await client.dispose();
  });
});
