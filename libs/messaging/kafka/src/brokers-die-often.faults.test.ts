import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryPositions } from '#messaging/memory';
import { becomesTrue, startKafka, type KafkaCluster } from '../../../../test/servers/kafka/index.js';
import { flowKeys, sendThrough, type Flow } from '../testing/flow.js';
import { eventually, numbered, uniqueName, valuesOf, watch, type Watched } from '../testing/kafka-bench.js';
import { kafkaHands, quickTimings } from '../testing/kafka-hands.js';
import { missing, outOfOrder, readAll } from '../testing/read-all.js';

/* A broker that is killed, silenced and replaced under load, twenty times each: nobody ends, all go on, nothing is lost. */

const times = 20;
/** How soon a consumer goes on once the broker is there again: its session, in which it may have been given up, and 5 s. */
const recoveryMillisMax = (quickTimings.sessionMs ?? Number.NaN) + 5_000;
/** Of a fault, and nothing that is waited for. */
const [downMillis, silenceMillis] = [500, 2_000];
const partitions = 3;

let cluster: KafkaCluster;
let topic: string;
let flow: Flow;
let watched: Watched;
const ends: unknown[] = [];
const note = (error: unknown): void => void ends.push(error);

beforeEach(async () => {
  ends.length = 0;
  process.on('uncaughtException', note).on('unhandledRejection', note);
  cluster = await startKafka();
  topic = uniqueName('die-often');
  const hands = await kafkaHands(cluster.brokers);
  await hands.makeTopic(topic, { partitions });
  await hands.close();
  const positions = createMemoryPositions();
  watched = await watch({ brokers: cluster.brokers, topic, group: uniqueName('group'), positions });
  flow = sendThrough(cluster.brokers, topic);
});
afterEach(async () => {
  await watched.consuming.stop();
  await cluster.stop();
  process.off('uncaughtException', note).off('unhandledRejection', note);
});

/** More is acknowledged, and more is handled than was there when the broker came back. */
const goOn = async (round: string): Promise<number> => {
  const [acknowledged, handled, began] = [flow.acknowledged(), watched.values.length, performance.now()];
  const isGoingOn = (): boolean => flow.acknowledged() > acknowledged && watched.values.length > handled;
  expect(await becomesTrue(isGoingOn, recoveryMillisMax), round).toBe(true);
  return performance.now() - began;
};

const settle = async (): Promise<void> => {
  const count = await flow.end();
  const expected = flowKeys.flatMap((key) => valuesOf(numbered(key, count)));
  await eventually('all is handled', () => {
    const handled = new Set(watched.values);
    return expected.every((value) => handled.has(value));
  });
  const found = await readAll(cluster.brokers, topic, count * flowKeys.length);
  for (const key of flowKeys) {
    const numbers = found.get(key) ?? [];
    expect([key, missing(numbers, count), outOfOrder(numbers)]).toEqual([key, [], 0]);
  }
  expect(watched.alarms).toEqual([]);
  expect(ends).toEqual([]);
};

const faults: Readonly<Record<string, () => Promise<void>>> = {
  killed: async () => {
    await cluster.kill(1);
    await wait(downMillis);
    await cluster.start(1);
  },
  silenced: async () => {
    cluster.silence(1);
    await wait(silenceMillis);
    cluster.resume(1);
  },
  replaced: async () => {
    await cluster.kill(1);
    await cluster.start(1);
  },
};

describe('under load, twenty times over', () => {
  it.each(Object.keys(faults))(
    'the broker is %s: nobody ends, all go on, nothing is lost, and keys keep their order',
    async (what) => {
      await goOn('at first');
      const recoveries: number[] = [];
      for (let round = 1; round <= times; round++) {
        await faults[what]?.();
        recoveries.push(await goOn(`${what} ${round}`));
      }
      await settle();
      // eslint-disable-next-line no-console -- The figures of a run, beside the bound that they are held to
      console.log(`${what}: gone on after`, recoveries.map(Math.round).join(' '), 'ms');
    },
  );
});
