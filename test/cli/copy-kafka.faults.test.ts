import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { relayTopics } from '#apps/availability';
import { readerWithTopicPrefix, type TopicReader } from '#messaging';
import { createTopicReader } from '#messaging/kafka';
import { createPool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { receipt, setUpShop, startServer, type LedgerServer } from '../e2e/harness.js';
import { startEventStoreServer, type EventStoreServer } from '../servers/eventstoredb/index.js';
import { sharedKafka } from '../servers/kafka/shared.js';

/* What a ledger tells over Kafka goes on, without a gap and without a repeat, when its log moves to the other engine and back. */

const prefix = `test-${randomUUID().slice(0, 8)}-`;
const within = { timeout: 60_000, interval: 200 };

let database: TestDatabase;
let server: EventStoreServer;
let topics: TopicReader;
let kafka: Readonly<Record<string, string>> = {};
let key = '';

beforeAll(async () => {
  const brokers = await sharedKafka();
  const own = [prefix + relayTopics.availability];
  const reader = createTopicReader({ brokers, ownCompactedTopics: own, onTrouble: () => undefined });
  topics = readerWithTopicPrefix(reader, prefix);
  kafka = { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: prefix, KAFKA_PARTITIONS: '2', KAFKA_REPLICAS: '1' };
  server = await startEventStoreServer({ runs: 'child' });
  database = await createDatabase();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const onEventStoreDb = () => ({ EVENTSTOREDB_URL: server.url, EVENTSTOREDB_NAMESPACE: 'told-' });
const onPostgres = { EVENTSTOREDB_URL: '', EVENTSTOREDB_NAMESPACE: '' };

const run = promisify(execFile);
const copy = async (from: string, to: string): Promise<void> => {
  await run(process.execPath, ['dist/apps/cli/src/copy/main.js', '--from', from, '--to', to], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, ...onEventStoreDb() },
  });
};

/** The whole ledger on one engine, until everything is told that `work` has made happen. */
const running = async (
  engine: Readonly<Record<string, string>>,
  work: (ledger: LedgerServer) => Promise<unknown>,
  told: number,
  toldInAll = told,
): Promise<void> => {
  const ledger = await startServer({ databaseUrl: database.url, env: { ...kafka, ...engine } });
  // Only the first start makes one.
  if (key === '') key = ledger.operatorKey;
  try {
    await work(ledger);
    await expect.poll(async () => (await eventsTold()).length, within).toBe(toldInAll);
    await expect.poll(async () => (await announced()).length, within).toBe(told);
  } finally {
    await ledger.stop();
  }
};

type Told = { readonly revision: number; readonly eventId: string; readonly sequence: number; readonly atp: number };
const toldIn = async (topic: string): Promise<readonly Told[]> => {
  const told: Told[] = [];
  await topics.read({
    topics: [topic],
    from: 'first',
    onBatch: ({ messages }) => {
      for (const { value } of messages) told.push(JSON.parse(Buffer.from(value ?? []).toString()) as Told);
    },
  });
  return told;
};
const eventsTold = () => toldIn(relayTopics.events);
const announced = () => toldIn(relayTopics.availability);

const sell = (cart: string) => (ledger: LedgerServer) =>
  ledger.ok('PUT', `/v1/reservations/web/${cart}`, { lines: [{ sku: 'A', quantity: 1 }] }, { key });
const receive = (ledger: LedgerServer) =>
  ledger.ok('POST', '/v1/movements', receipt({ sourceKey: 'second', quantity: 5 }), { key });

it('tells every event once and every number by a higher sequence, there and back', async () => {
  await running(onPostgres, setUpShop, 1);
  await running(onPostgres, sell('cart-1'), 2);
  await copy('postgres', 'eventstoredb');
  await running(onEventStoreDb(), receive, 3);
  await running(onEventStoreDb(), sell('cart-2'), 4);
  await copy('eventstoredb', 'postgres');
  await running(onPostgres, sell('cart-3'), 5);

  const [events, numbers] = [await eventsTold(), await announced()];
  expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
  expect(numbers.map(({ atp }) => atp)).toEqual([10, 9, 14, 13, 12]);
  const sequences = numbers.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
}, 300_000);

it('control: a cursor that is lost with a move is seen: everything is told again', async () => {
  const pool = createPool({ url: database.url, applicationName: 'forget', max: 1 });
  await pool.query("DELETE FROM read.relay WHERE name = 'events'");
  await pool.end();
  await running(onPostgres, () => Promise.resolve(), 5, 10);
}, 120_000);
