import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryPositions } from '#messaging/memory';
import { startKafka, type KafkaCluster } from '../../../../test/servers/kafka/index.js';
import { flowKeys, flowOf, sendThrough } from '../testing/flow.js';
import { eventually, numbered, uniqueName, valuesOf, watch } from '../testing/kafka-bench.js';
import { kafkaHands, quickTimings } from '../testing/kafka-hands.js';
import { startNaive } from '../testing/naive-consumer.js';
import { missing, outOfOrder, readAll } from '../testing/read-all.js';
import { connect } from './connection.js';
import { createKafkaSender } from './index.js';

let cluster: KafkaCluster;
let brokers: readonly string[];
beforeAll(async () => {
  cluster = await startKafka();
  brokers = cluster.brokers;
});
afterAll(() => cluster.stop());

const madeTopic = async (partitions: number): Promise<string> => {
  const topic = uniqueName('die');
  const hands = await kafkaHands(brokers);
  await hands.makeTopic(topic, { partitions });
  await hands.close();
  return topic;
};

/** How long a fault lasts: a part of the fault, and nothing that is waited for. */
const lasting = (millis: number): Promise<void> => wait(millis);

/** kill -9, a while of nothing, and the same broker again. */
const killed = async (downMillis: number): Promise<void> => {
  await cluster.kill(1);
  await lasting(downMillis);
  await cluster.start(1);
};

/** It stays connected and says nothing for a while. */
const silent = async (millis: number): Promise<void> => {
  cluster.silence(1);
  await lasting(millis);
  cluster.resume(1);
};

describe('a sender', () => {
  it('control: with many sends under way puts messages out of order when the broker dies', async () => {
    const topic = await madeTopic(1);
    const producer = connect({ brokers }).producer({ maxInFlightRequests: 1 });
    await producer.connect();
    let sent = 0;
    const flow = flowOf(async (isOver, onAcknowledged) => {
      const underWay = new Set<Promise<unknown>>();
      while (!isOver()) {
        const sending = producer
          .send({ topic, messages: [{ key: 'k', value: `k ${sent++}` }] })
          .then(onAcknowledged, () => undefined);
        underWay.add(sending);
        void sending.then(() => underWay.delete(sending));
        if (underWay.size >= 50) await Promise.race(underWay);
      }
      await Promise.all(underWay);
    });
    await flow.goesOn(200);
    await killed(2_000);
    await flow.goesOn(500);
    await flow.end();
    await producer.disconnect();
    const found = await readAll(brokers, topic, 1);
    expect(outOfOrder(found.get('k') ?? [])).toBeGreaterThan(0);
  });

  it.each([
    ['is killed', (): Promise<void> => killed(3_000)],
    // Longer than an answer is waited for
    ['is silent', (): Promise<void> => silent(17_000)],
  ])('of ours keeps all of it in order when the broker %s', async (_, fault) => {
    const topic = await madeTopic(6);
    const flow = sendThrough(brokers, topic);
    await flow.goesOn(50);
    await fault();
    await flow.goesOn(200);
    const count = await flow.end();
    const found = await readAll(brokers, topic, count * flowKeys.length);
    for (const key of flowKeys) {
      const numbers = found.get(key) ?? [];
      expect([key, missing(numbers, count), outOfOrder(numbers)]).toEqual([key, [], 0]);
    }
    expect(count).toBeGreaterThan(100);
  });
});

describe('a consumer', () => {
  it('handles everything in order while its broker is killed and falls silent', async () => {
    const topic = await madeTopic(3);
    const positions = createMemoryPositions();
    const watched = await watch({ brokers, topic, group: uniqueName('group'), positions });
    const flow = sendThrough(brokers, topic);
    const handlesMore = (): Promise<void> => {
      const wanted = watched.values.length + 100;
      return eventually('more is handled', () => watched.values.length >= wanted);
    };
    await handlesMore();
    await killed(4_000);
    await Promise.all([flow.goesOn(100), handlesMore()]);
    await silent(8_000);
    await Promise.all([flow.goesOn(100), handlesMore()]);
    const count = await flow.end();
    const expected = flowKeys.flatMap((key) => valuesOf(numbered(key, count)));
    const isComplete = (): boolean => {
      const handled = new Set(watched.values);
      return expected.every((value) => handled.has(value));
    };
    await eventually('all is handled', isComplete);
    for (const key of flowKeys) {
      const numbers = watched.values
        .filter((value) => value.startsWith(`${key} `))
        .map((value) => Number(value.slice(2)));
      expect([key, outOfOrder(numbers)]).toEqual([key, 0]);
    }
    expect(watched.alarms).toEqual([]);
    await watched.consuming.stop();
  });

  it('begins without a broker, and works when there is one', async () => {
    const topic = await madeTopic(1);
    const sender = createKafkaSender({ brokers });
    await sender.send(topic, numbered('k', 5));
    await sender.close();
    await cluster.kill(1);
    const watched = await watch({ brokers, topic, group: uniqueName('group') });
    await eventually('it is told', () => watched.troubles.length > 1);
    await cluster.start(1);
    await eventually('all is handled', () => watched.values.includes('k 4'));
    expect(watched.values).toEqual(valuesOf(numbered('k', 5)));
    await watched.consuming.stop();
  });

  it('stops while there is no broker', async () => {
    const topic = await madeTopic(1);
    const watched = await watch({ brokers, topic, group: uniqueName('group') });
    await eventually('it has joined', () => watched.consuming.status().length > 0);
    await cluster.kill(1);
    await watched.consuming.stop();
    await cluster.start(1);
  });
});

describe('a handler that takes longer than the session', () => {
  const longMillis = 9_000;
  const begin = async (): Promise<string> => {
    const topic = await madeTopic(1);
    const sender = createKafkaSender({ brokers });
    await sender.send(topic, numbered('k', 3));
    await sender.close();
    return topic;
  };

  it('control: loses its place in the group', async () => {
    const topic = await begin();
    let calls = 0;
    const naive = await startNaive({
      brokers,
      topic,
      group: uniqueName('naive'),
      eachBatch: async () => {
        if (calls++ === 0) await lasting(longMillis);
      },
    });
    await eventually('it joins again', () => naive.joins() > 1);
    await eventually('the same comes again', () => calls > 1);
    await naive.stop();
  });

  it('keeps it, and is given nothing twice', async () => {
    const topic = await begin();
    const calls: number[] = [];
    const watched = await watch({
      brokers,
      topic,
      group: uniqueName('group'),
      settings: { timings: { ...quickTimings, stallMsMax: 2_000 } },
      handle: async ({ messages }) => {
        calls.push(messages.length);
        if (calls.length === 1) await lasting(longMillis);
      },
    });
    await eventually('all is handled', () => watched.values.length > 0);
    expect([calls, watched.values]).toEqual([[3], valuesOf(numbered('k', 3))]);
    await watched.consuming.stop();
  });
});
