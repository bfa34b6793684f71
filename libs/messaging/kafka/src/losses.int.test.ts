import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageSender } from '#messaging';
import { createMemoryPositions } from '#messaging/memory';
import { sharedKafka } from '../../../../test/servers/kafka/index.js';
import { eventually, numbered, uniqueName, valuesOf, watch } from '../testing/kafka-bench.js';
import { kafkaHands, quickTimings, type KafkaHands } from '../testing/kafka-hands.js';
import { startNaive } from '../testing/naive-consumer.js';
import { connect } from './connection.js';
import { createKafkaSender, UnfitTopicError } from './index.js';
import { partitionOf } from './partition-of.js';

let brokers: readonly string[];
let hands: KafkaHands;
let sender: MessageSender;
beforeAll(async () => {
  brokers = await sharedKafka();
  hands = await kafkaHands(brokers);
  sender = createKafkaSender({ brokers });
});
afterAll(async () => {
  await Promise.all([hands.close(), sender.close()]);
});

const madeTopic = async (settings: Parameters<KafkaHands['makeTopic']>[1] = {}): Promise<string> => {
  const topic = uniqueName('losses');
  await hands.makeTopic(topic, settings);
  return topic;
};
const ours = (topic: string) => ({ brokers, topic, group: uniqueName('group'), positions: createMemoryPositions() });
/** A group that has committed an offset to Kafka. */
const groupAt = async (topic: string, offset: number): Promise<string> => {
  const group = uniqueName('naive');
  const consumer = connect({ brokers }).consumer({ groupId: group, maxWaitTimeInMs: 50 });
  const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve));
  await consumer.connect();
  await consumer.subscribe({ topic });
  await consumer.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
  await joined;
  await consumer.commitOffsets([{ topic, partition: 0, offset: String(offset) }]);
  await consumer.disconnect();
  return group;
};
const all = valuesOf(numbered('k', 10));

describe('what the client jumps over without a word', () => {
  it('control: messages that retention took', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const group = await groupAt(topic, 3);
    await hands.trim(topic, 5);
    const naive = await startNaive({ brokers, topic, group });
    await eventually('it goes on', () => naive.values.includes('k 9'));
    expect([naive.values, naive.crashes]).toEqual([all.slice(5), []]);
    await naive.stop();
  });

  it('control: the beginning of a topic that was made anew', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const naive = await startNaive({ brokers, topic, group: await groupAt(topic, 4) });
    await eventually('it goes on', () => naive.values.includes('k 9'));
    expect(naive.values).toEqual(all.slice(4));
    await naive.stop();
  });

  it('stops one partition with an alarm, others go on, and a reset is picked up', async () => {
    const topic = await madeTopic({ partitions: 2 });
    const ofA = partitionOf('a', 2);
    const [a, b] = [numbered('a', 8), numbered('d', 8)];
    expect(partitionOf('d', 2)).not.toBe(ofA);
    await sender.send(topic, [...a, ...b]);
    const options = ours(topic);
    await options.positions.reset(options.group, topic, ofA, { next: 2 });
    await hands.trim(topic, 5, ofA);
    const watched = await watch(options);
    await eventually('an alarm', () => watched.alarms.length > 0);
    expect(watched.alarms[0]).toMatchObject({ topic, partition: ofA, reason: 'retention_passed_by', low: 5 });
    await eventually('the other one goes on', () => watched.values.includes('d 7'));
    expect(watched.values).toEqual(valuesOf(b));
    await options.positions.reset(options.group, topic, ofA, { next: 5 });
    await eventually('it goes on', () => watched.values.includes('a 7'));
    expect(watched.values).toEqual([...valuesOf(b), ...valuesOf(a).slice(5)]);
    expect(watched.consuming.status().map(({ state }) => state)).toEqual(['running', 'running']);
    expect(watched.alarms).toHaveLength(1);
    await watched.consuming.stop();
  });

  it('is seen when retention passes by a consumer that is behind', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const options = ours(topic);
    const watched = await watch({ ...options, handle: () => Promise.reject(new Error('not now')) });
    await eventually('it has begun', () => watched.troubles.length > 2);
    await hands.trim(topic, 5);
    await eventually('an alarm', () => watched.alarms.length > 0);
    expect(watched.alarms[0]).toMatchObject({ reason: 'retention_passed_by', low: 5, position: { next: 0 } });
    await watched.consuming.stop();
  });

  it('is seen when a topic is made anew under a running consumer, though the position fits again', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('old', 5));
    const watched = await watch(ours(topic));
    await eventually('all is handled', async () => (await watched.next()) === 5);
    await hands.deleteTopic(topic);
    await hands.makeTopic(topic);
    await sender.send(topic, numbered('new', 9)).catch(() => sender.send(topic, numbered('new', 9)));
    await eventually('an alarm', () => watched.alarms.length > 0);
    expect(watched.alarms[0]?.reason).toBe('topic_made_anew');
    await watched.consuming.stop();
  });
});

describe("Kafka's own offset", () => {
  it('control: is believed by the client, wherever somebody has set it', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const naive = await startNaive({ brokers, topic, group: await groupAt(topic, 10) });
    await eventually('it fetches', () => naive.fetches() > 5);
    await sender.send(topic, numbered('later', 1));
    await eventually('it goes on', () => naive.values.includes('later 0'));
    expect(naive.values).toEqual(['later 0']);
    await naive.stop();
  });

  it.each([10, 7, 4, 0])('of %i counts for nothing beside our position', async (offset) => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const options = { ...ours(topic), group: await groupAt(topic, offset) };
    await options.positions.reset(options.group, topic, 0, { next: 4 });
    const watched = await watch(options);
    await eventually('all is handled', () => watched.values.includes('k 9'));
    expect(watched.values).toEqual(all.slice(4));
    await watched.consuming.stop();
  });

  it('follows our position', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const options = ours(topic);
    const watched = await watch(options);
    await eventually('all is handled', () => watched.values.length === 10);
    await watched.consuming.stop();
    const [found] = await hands.admin.fetchOffsets({ groupId: options.group, topics: [topic] });
    expect(found?.partitions[0]?.offset).toBe('10');
  });
});

describe('a handler', () => {
  it.each([TypeError, SyntaxError, RangeError, ReferenceError])('control: ends the client with a %o', async (Kind) => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const group = uniqueName('naive');
    const naive = await startNaive({ brokers, topic, group, eachBatch: () => Promise.reject(new Kind('once')) });
    await eventually('it crashes', () => naive.crashes.length > 0);
    expect(naive.crashes[0]?.restart).toBe(false);
    await naive.stop();
  });

  it('control: that returns early has the whole batch counted as done', async () => {
    const topic = await madeTopic();
    await sender.send(topic, numbered('k', 10));
    const naive = await startNaive({
      brokers,
      topic,
      group: uniqueName('naive'),
      eachBatch: ({ batch }, take) => Promise.resolve(take(batch.messages[0]?.value?.toString() ?? '')),
    });
    await eventually('it took one', () => naive.values.length > 0);
    await sender.send(topic, numbered('later', 1));
    await eventually('it goes on', () => naive.values.includes('later 0'));
    expect(naive.values).toEqual(['k 0', 'later 0']);
    await naive.stop();
  });

  it('that fails at one partition does not hold up another', async () => {
    const topic = await madeTopic({ partitions: 2 });
    await sender.send(topic, [...numbered('a', 5), ...numbered('d', 5)]);
    let isBad = true;
    const watched = await watch({
      ...ours(topic),
      handle: ({ messages }) => {
        const key = Buffer.from(messages[0]?.key ?? []).toString();
        return isBad && key === 'a' ? Promise.reject(new TypeError('not now')) : Promise.resolve();
      },
    });
    await eventually('the other one goes on', () => watched.values.includes('d 4'));
    await sender.send(topic, numbered('d', 5, 5));
    await eventually('and on', () => watched.values.includes('d 9'));
    isBad = false;
    await eventually('nothing is lost', () => watched.values.includes('a 4'));
    expect([...watched.values].sort()).toEqual([...valuesOf(numbered('a', 5)), ...valuesOf(numbered('d', 10))].sort());
    await watched.consuming.stop();
  });
});

describe('what a topic holds', () => {
  /** The broker packs what comes anew, with the library that Java's producers pack with. */
  it.each(['gzip', 'snappy', 'lz4', 'zstd'])('is read when it is packed by %s', async (packing) => {
    const topic = await madeTopic({ 'compression.type': packing });
    const messages = [
      ...numbered('k', 10),
      { key: 'long', headers: {}, value: 'the same again '.repeat(20_000) },
      { key: 'random', headers: {}, value: randomBytes(90_000).toString('base64') },
    ];
    await sender.send(topic, messages);
    const watched = await watch(ours(topic));
    await eventually('all is handled', () => watched.values.length === messages.length);
    expect(watched.values).toEqual(valuesOf(messages));
    await watched.consuming.stop();
  });

  it('of transactions: what was aborted is left out, and the end is the end', async () => {
    const topic = await madeTopic();
    const producer = connect({ brokers }).producer({
      transactionalId: uniqueName('tx'),
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    for (const end of ['abort', 'commit', 'abort', 'commit', 'abort'] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: numbered(end, 3).map(({ key, value }) => ({ key, value })) });
      await transaction[end]();
    }
    await producer.disconnect();
    const watched = await watch(ours(topic));
    await eventually('all is handled', () => watched.values.length >= 6);
    await eventually('nothing waits', () => watched.consuming.status()[0]?.lag === 0);
    expect([watched.values, watched.alarms]).toEqual([
      [...valuesOf(numbered('commit', 3)), ...valuesOf(numbered('commit', 3))],
      [],
    ]);
    await sender.send(topic, numbered('later', 1));
    await eventually('it goes on', () => watched.values.includes('later 0'));
    expect(watched.alarms).toEqual([]);
    await watched.consuming.stop();
  });

  it('compacted by others is refused, with the reason', async () => {
    const topic = await madeTopic({ 'cleanup.policy': 'compact' });
    const refusal = await watch(ours(topic)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnfitTopicError);
    expect(String(refusal)).toContain('cleanup.policy=compact');
    const watched = await watch({ ...ours(topic), settings: { ownCompactedTopics: [topic] } });
    await sender.send(topic, numbered('k', 3));
    await eventually('our own is read', () => watched.values.includes('k 2'));
    await watched.consuming.stop();
  });
});

describe('a compacted topic', () => {
  const bigBytes = 60_000;
  const big = (name: string) => ({ key: name, value: name.padEnd(bigBytes, '.') });
  const bigs = (name: string, count: number) => Array.from({ length: count }, (_, index) => big(`${name}${index}`));

  /** A first segment that ends with a batch of one record, which a second segment supersedes, and a third one at work. */
  const compacted = async (idempotent: boolean): Promise<string> => {
    const topic = await madeTopic({
      'cleanup.policy': 'compact',
      'segment.bytes': 1_048_576,
      'min.cleanable.dirty.ratio': 0.01,
    });
    const producers = [0, 1].map(() => connect({ brokers }).producer({ idempotent }));
    const [one, two] = producers;
    await Promise.all(producers.map((producer) => producer.connect()));
    for (const message of bigs('first', 15)) await one?.send({ topic, messages: [message] });
    await one?.send({ topic, messages: [{ key: 'k', value: 'old' }] });
    await two?.send({ topic, messages: [...bigs('second', 4), { key: 'k', value: 'new' }] });
    for (const message of bigs('third', 12)) await two?.send({ topic, messages: [message] });
    await two?.send({ topic, messages: bigs('active', 4) });
    await Promise.all(producers.map((producer) => producer.disconnect()));
    return topic;
  };
  /** What the client reads of it until it has the end or asks in vain, once the cleaner has been there. */
  const readAll = async (topic: string) => {
    const names: string[] = [];
    let fetches = 0;
    await eventually('the cleaner has been there', async () => {
      const naive = await startNaive({ brokers, topic, group: uniqueName('naive') });
      await eventually('it reads or asks', () => naive.values.length >= 36 || naive.fetches() > 2_000);
      await naive.stop();
      names.splice(0, names.length, ...naive.values.map((value) => value.replaceAll('.', '')));
      fetches = naive.fetches();
      return !names.includes('old');
    });
    return { names, fetches };
  };

  it('control: of an idempotent producer holds the client for ever', async () => {
    const topic = await compacted(true);
    const { names, fetches } = await readAll(topic);
    expect(names.at(-1)).toBe('first14');
    expect(fetches).toBeGreaterThan(2_000);

    // Named as our own against the rule, it is told that nothing moves, and the client is made anew.
    const timings = { ...quickTimings, stallMsMax: 1_000 };
    const watched = await watch({ ...ours(topic), settings: { ownCompactedTopics: [topic], timings } });
    const told = (): readonly unknown[] =>
      watched.troubles.filter((trouble) => String(trouble).includes('brings nothing'));
    await eventually('it is told, again by the next client', () => told().length > 1);
    expect([watched.values.length, await watched.next()]).toEqual([15, 15]);
    await watched.consuming.stop();
  });

  it('of a producer that is not is read to its end', async () => {
    const { names } = await readAll(await compacted(false));
    expect(names.at(-1)).toBe('active3');
    expect(names).toContain('new');
  });
});
