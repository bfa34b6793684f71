import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { relayTopics } from '#apps/availability';
import { intakeTopics } from '#apps/ledger';
import { readerWithTopicPrefix, withTopicPrefix, type MessageSender, type TopicReader } from '#messaging';
import { createKafkaConsumer, createKafkaSender, createTopicReader } from '#messaging/kafka';
import type { Check, Logger } from '#platform';
import { copyDatabase, createDatabase, type TestDatabase } from '#testing/postgres';
import { receipt, startServer, type LedgerServer } from '../e2e/harness.js';
import { orderMessage } from '../intake/messages.js';
import { sharedKafka } from '../servers/kafka/shared.js';

/* A ledger that is restored to what it was some hours ago, on a real Kafka that remembers what it has told since. */

const prefix = `test-${randomUUID().slice(0, 8)}-`;
const within = { timeout: 60_000, interval: 200 };

let [live, backup]: (TestDatabase | undefined)[] = [];
let env: Readonly<Record<string, string>> = {};
let sender: MessageSender;
let topics: TopicReader;
let key = '';

beforeAll(async () => {
  const brokers = await sharedKafka();
  const kafka = { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: prefix };
  env = { ...kafka, KAFKA_PARTITIONS: '2', KAFKA_REPLICAS: '1', EVENTSTOREDB_URL: '', EVENTSTOREDB_NAMESPACE: '' };
  const own = [prefix + relayTopics.availability];
  const plain = { sender: createKafkaSender({ brokers }), consumer: createKafkaConsumer({ brokers }) };
  sender = withTopicPrefix(plain, prefix).sender;
  const reader = createTopicReader({ brokers, ownCompactedTopics: own, onTrouble: () => undefined });
  topics = readerWithTopicPrefix(reader, prefix);
  live = await createDatabase();
});
afterAll(async () => {
  await sender.close();
  for (const database of [live, backup]) await database?.drop();
});

/** The ledger on one of the databases, for as long as `work` takes; what it logs as errors. */
const running = async (
  { url }: TestDatabase,
  work: (ledger: LedgerServer) => Promise<void>,
): Promise<readonly string[]> => {
  const errors: string[] = [];
  const quiet = (): void => undefined;
  const logger: Logger = { debug: quiet, info: quiet, warn: quiet, error: (message) => void errors.push(message) };
  const ledger = await startServer({ databaseUrl: url, env, logger });
  // Only the first start makes one.
  if (key === '') key = ledger.operatorKey;
  try {
    await work(ledger);
  } finally {
    await ledger.stop();
  }
  return errors;
};

type Told = { readonly channel: string; readonly sku: string; readonly atp: number; readonly sequence: number };

/** All that the world was told of X, in order. */
const toldOfX = async (): Promise<readonly Told[]> => {
  const told: Told[] = [];
  await topics.read({
    topics: [relayTopics.availability],
    from: 'first',
    onBatch: ({ messages }) => {
      for (const { value } of messages) told.push(JSON.parse(Buffer.from(value ?? []).toString()) as Told);
    },
  });
  return told.filter(({ sku }) => sku === 'X');
};
const lastTold = async (): Promise<number | undefined> => (await toldOfX()).at(-1)?.atp;

const atpOfX = async (ledger: LedgerServer): Promise<unknown> => {
  const { body } = await ledger.call('GET', '/v1/availability/X?channel=web', { key });
  return (body as { readonly atp?: number }).atp;
};

const heldSince = async (ledger: LedgerServer): Promise<unknown> => {
  const { checks } = (await ledger.ok('GET', '/health/ready')) as { readonly checks: readonly Check[] };
  const { announcer } = checks.find(({ name }) => name === 'projections')?.numbers ?? {};
  return (announcer as { readonly heldSince: string } | undefined)?.heldSince;
};

const lost = { kind: 'adjustment', sku: 'X', location: 'wh1', quantity: -1, bucket: 'sellable', reason: 'broken' };
const adjust = (ledger: LedgerServer) =>
  ledger.ok('POST', '/v1/movements', { ...lost, sourceKey: 'by-hand-1' }, { key });

const sellFive = async (): Promise<void> => {
  for (const order of ['1', '2', '3', '4', '5']) {
    const message = orderMessage(order, 1, [{ line: '1', sku: 'X', ordered: 1 }], { source: 'operator' });
    await sender.send(intakeTopics.orders, [message]);
  }
};

const run = promisify(execFile);
type Recovered = {
  readonly lost?: readonly { eventId: string; type: string; moves: string[]; status: string; teller: string }[];
  readonly accepted?: readonly { readonly outcome: string }[];
};

/** `npm run recover` on the restored database: what it ended with. */
const recover = async (...options: readonly string[]): Promise<Recovered> => {
  const { stdout } = await run(process.execPath, ['dist/apps/cli/src/recover/main.js', ...options, '--json'], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: backup?.url ?? '', ...env },
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Recovered;
};

const openShop = async (ledger: LedgerServer): Promise<void> => {
  await ledger.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await ledger.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  await ledger.ok('POST', '/v1/movements', receipt({ sku: 'X', quantity: 9 }));
  await expect.poll(lastTold, within).toBe(9);
};

/** The lost −1 is the only one that nobody tells again; accepted it counts once, whoever tells it then. */
const acceptWhatIsLost = async (ledger: LedgerServer): Promise<void> => {
  const { lost: all = [] } = await recover('--list');
  const offered = all.filter(({ status }) => status === 'offered');
  expect(offered).toMatchObject([{ type: 'StockAdjusted', moves: ['1 sellable -> adjustment at wh1'] }]);
  expect(all.filter(({ status, teller }) => status === 'told_again' && teller === 'order')).toHaveLength(5);
  const { eventId = '' } = offered[0] ?? {};
  expect(await recover('--accept', eventId, '--dry-run')).toMatchObject({ accepted: [{ outcome: 'would_decide' }] });
  expect(await atpOfX(ledger)).toBe(4);
  expect(await recover('--accept', eventId)).toMatchObject({ accepted: [{ outcome: 'decided' }] });
  await expect.poll(() => atpOfX(ledger), within).toBe(3);
  await expect(recover('--accept', eventId)).rejects.toThrow('is not offered: known');
  await adjust(ledger);
  expect(await atpOfX(ledger)).toBe(3);
};

it('scenario 10(e): restored to six hours ago, it tells nothing before it knows again what it had told', async () => {
  await running(live!, openShop);
  backup = await copyDatabase(live!);
  await running(live!, async (ledger) => {
    await sellFive();
    await expect.poll(() => atpOfX(ledger), within).toBe(4);
    await adjust(ledger);
    await expect.poll(lastTold, within).toBe(3);
  });
  const before = await toldOfX();

  const errors = await running(backup, async (ledger) => {
    await expect.poll(() => atpOfX(ledger), within).toBe(4);
    expect(await ledger.ok('GET', '/v1/stock/X', undefined, { key })).toMatchObject({
      onHand: 9,
      locations: [{ location: 'wh1', sellable: 4, committed: 5 }],
    });
    expect(await heldSince(ledger)).toEqual(expect.any(String));
    await acceptWhatIsLost(ledger);
    expect(await toldOfX()).toEqual(before);
    await recover('--announce');
    expect(await heldSince(ledger)).toBeUndefined();
    await expect.poll(async () => (await toldOfX()).length, within).toBeGreaterThan(before.length);
  });
  const [first] = (await toldOfX()).slice(before.length);
  expect(first).toMatchObject({ channel: 'web', atp: 3 });
  expect(first?.sequence).toBeGreaterThan(Math.max(...before.map(({ sequence }) => sequence)));
  expect(errors.filter((message) => message.startsWith('The world was told more'))).toHaveLength(1);

  expect(await running(backup, (ledger) => expect.poll(() => atpOfX(ledger), within).toBe(3))).toEqual([]);
});
