import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTopics } from '#apps/availability';
import { deadLetterTopicOf, intakeTopics } from '#apps/ledger';
import { withTopicPrefix, type Consuming, type MessageSender } from '#messaging';
import { createKafkaConsumer, createKafkaSender } from '#messaging/kafka';
import { createMemoryPositions } from '#messaging/memory';
import { orderMessage, receiptMessage } from '../intake/messages.js';
import { sharedKafka } from '../servers/kafka/shared.js';
import { startServer, type LedgerServer } from './harness.js';
import { asPage } from './views.js';

/* A ledger on a real Kafka: what others send comes in, and they are told what became of it. */

const prefix = `test-${randomUUID().slice(0, 8)}-`;
const operator = { source: 'operator' };

let server: LedgerServer;
let sender: MessageSender;
let listening: Consuming;
/** What the topics that the ledger sends to have brought, by topic. */
const heard = new Map<string, { readonly key: string; readonly body: Record<string, unknown> }[]>();

beforeAll(async () => {
  const brokers = await sharedKafka();
  server = await startServer({
    env: { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: prefix, KAFKA_PARTITIONS: '2', KAFKA_REPLICAS: '1' },
  });
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  const kafka = { sender: createKafkaSender({ brokers }), consumer: ourTopics(brokers) };
  const ours = withTopicPrefix(kafka, prefix);
  sender = ours.sender;
  listening = await ours.consumer.consume({
    ...{ group: `${prefix}listener`, topics: [...Object.values(relayTopics), ...letterTopics] },
    positions: createMemoryPositions(),
    handle: ({ topic, messages }) => {
      for (const { key, value } of messages)
        heardOf(topic).push({ key: textOf(key), body: JSON.parse(textOf(value)) as Record<string, unknown> });
      return Promise.resolve();
    },
    onAlarm: (alarm) => expect.unreachable(JSON.stringify(alarm)),
    onTrouble: () => undefined,
  });
});
afterAll(async () => {
  await listening.stop();
  await sender.close();
  await server.stop();
});

const letterTopics = Object.values(intakeTopics).map(deadLetterTopicOf);
const ourTopics = (brokers: readonly string[]) =>
  createKafkaConsumer({ brokers, ownCompactedTopics: [prefix + relayTopics.availability] });
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
const heardOf = (topic: string) => {
  const list = heard.get(topic) ?? [];
  heard.set(topic, list);
  return list;
};
const lastAtp = (key: string): unknown =>
  heardOf(relayTopics.availability)
    .filter((message) => message.key === key)
    .at(-1)?.body['atp'];
const within = { timeout: 60_000, interval: 100 };

describe('a ledger on Kafka', () => {
  it('takes in movements and orders, and tells what may be sold', async () => {
    await expect
      .poll(
        () => sender.send(intakeTopics.movements, [receiptMessage('A', 10, 'k1', operator)]).then(() => 'sent', String),
        within,
      )
      .toBe('sent');
    await expect.poll(() => lastAtp('web:A'), within).toBe(10);
    const order = orderMessage('o1', 1, [{ line: '1', sku: 'A', ordered: 3 }], operator);
    await sender.send(intakeTopics.orders, [order, order]);
    await expect.poll(() => lastAtp('web:A'), within).toBe(7);
  });

  it('tells every event of a SKU in its order', async () => {
    const events = () => heardOf(relayTopics.events).filter(({ key }) => key === 'A');
    await expect.poll(() => events().map(({ body }) => body['revision']), within).toEqual([0, 1]);
    const [first] = events();
    expect(first?.body).toMatchObject({ stream: 'stock-A', type: 'StockReceived', hash: expect.any(String) as string });
  });

  it('tells what it could not take in, and keeps it for a person', async () => {
    await sender.send(intakeTopics.movements, [receiptMessage('B', 1, 'k2', { ...operator, location: 'moon' })]);
    await expect.poll(() => heardOf(deadLetterTopicOf(intakeTopics.movements)), within).toHaveLength(1);
    const { rows } = asPage(await server.ok('GET', '/v1/dead-letters'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ code: 'unknown_location' });
  });

  it('says how far behind it is', async () => {
    const { partitions } = (await server.ok('GET', '/v1/intake')) as { partitions: readonly unknown[] };
    expect(partitions).toHaveLength(4);
  });
});
