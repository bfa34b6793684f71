import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKafka, type KafkaCluster } from '../../../../test/servers/kafka/index.js';
import { eventually, numbered, uniqueName, watch } from '../testing/kafka-bench.js';
import { kafkaHands } from '../testing/kafka-hands.js';
import { byKey, missing, outOfOrder, readAll } from '../testing/read-all.js';
import { connect } from './connection.js';
import { createKafkaSender } from './index.js';

/** Keys of six partitions, two each or so. */
const keys = Array.from({ length: 12 }, (_, index) => `key${index}`);
const pieceMessages = 2;
/** In two rounds the control has lost 48 of 81,600; a third one is for the day on which it has not. */
const roundsMin = 2;
const roundsMax = 3;

let cluster: KafkaCluster;
beforeAll(async () => {
  cluster = await startKafka({ nodes: 3 });
});
afterAll(() => cluster.stop());

/** Each node in turn: kill -9, a while of nothing, and back. */
const killInTurn = async (): Promise<void> => {
  for (const node of [1, 2, 3]) {
    await cluster.kill(node);
    await wait(4_000);
    await cluster.start(node);
    await wait(3_000);
  }
};

type Send = (messages: ReturnType<typeof numbered>) => Promise<void>;

/** Piece after piece, each until it is acknowledged. Answers how many of each key are. */
const sendUntil = async (send: Send, isOver: () => boolean): Promise<number> => {
  let pieces = 0;
  while (!isOver()) {
    const piece = keys.flatMap((key) => numbered(key, pieceMessages, pieces * pieceMessages));
    try {
      await send(piece);
      pieces++;
    } catch {
      await wait(50);
    }
  }
  return pieces * pieceMessages;
};

/** Lost of what was acknowledged. */
const lostOf = (found: ReadonlyMap<string, readonly number[]>, acknowledged: number): number =>
  keys.reduce((sum, key) => sum + missing(found.get(key) ?? [], acknowledged).length, 0);

const madeTopic = async (): Promise<string> => {
  const topic = uniqueName('leaders');
  const hands = await kafkaHands(cluster.brokers);
  await hands.makeTopic(topic, { partitions: 6, replicas: 3, 'min.insync.replicas': 2 });
  await hands.close();
  return topic;
};

/** The client's way: one send, whatever the partitions. Answers what a round of kills has lost of it. */
const loseNaively = async (): Promise<number> => {
  const topic = await madeTopic();
  const producer = connect(cluster).producer();
  await producer.connect();
  let isOver = false;
  const send: Send = async (messages) => {
    await producer.send({ topic, messages: messages.map(({ key, value }) => ({ key, value })) });
  };
  const sent = sendUntil(send, () => isOver);
  await killInTurn();
  isOver = true;
  const count = await sent;
  await producer.disconnect();
  return lostOf(await readAll(cluster.brokers, topic, 1), count);
};

describe('while leaders move', () => {
  it('ours and its consumers lose nothing; control: one send over all partitions does', async () => {
    const { brokers } = cluster;
    const topic = await madeTopic();
    const sender = createKafkaSender({ brokers });
    const options = { brokers, topic, group: uniqueName('group') };
    const first = await watch(options);
    const second = await watch({ ...options, positions: first.positions });
    let isOver = false;
    const sent = sendUntil(
      (messages) => sender.send(topic, messages),
      () => isOver,
    );
    let lostNaively = 0;
    for (let round = 0; round < roundsMin || (lostNaively === 0 && round < roundsMax); round++) {
      lostNaively += await loseNaively();
    }
    isOver = true;
    const count = await sent;
    await sender.close();

    const handled = (): ReadonlyMap<string, readonly number[]> => byKey([...first.values, ...second.values]);
    await eventually('two members handle everything', () => lostOf(handled(), count) === 0);
    const stored = await readAll(brokers, topic, count * keys.length);
    const disorder = keys.reduce((sum, key) => sum + outOfOrder(stored.get(key) ?? []), 0);
    expect([lostOf(stored, count), disorder, [...first.alarms, ...second.alarms]]).toEqual([0, 0, []]);
    expect(count).toBeGreaterThan(1_000);
    expect(lostNaively).toBeGreaterThan(0);
    await Promise.all([first.consuming.stop(), second.consuming.stop()]);
  });
});
