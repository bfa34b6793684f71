import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { MessageConsumer } from '#messaging';
import { createKafkaConsumer, createKafkaSender, ensureTopics } from '#messaging/kafka';
import { createMemoryPositions } from '#messaging/memory';
import { sharedKafka } from '../../../test/servers/kafka/index.js';
import { withGroupPrefix } from './group-prefix.js';

const partitions = 4;
const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);

it('two ledgers on one cluster each follow all of their own topics', async () => {
  const brokers = await sharedKafka();
  const sender = createKafkaSender({ brokers });
  const group = `ledger-${randomUUID()}`;
  const names = ['a', 'b'].map((name) => `${name}-${randomUUID()}`);
  await ensureTopics(
    { brokers },
    names.map((topic) => ({ topic, partitions, replicas: 1, kind: 'intake' })),
  );
  const follow = async (consumer: MessageConsumer, topic: string) => {
    const heard = new Set<string>();
    const positions = createMemoryPositions();
    const consuming = await consumer.consume({
      ...{ group, topics: [topic], positions },
      handle: ({ messages }) => {
        for (const { key } of messages) heard.add(Buffer.from(key ?? []).toString());
        return Promise.resolve();
      },
      onAlarm: (alarm) => expect.unreachable(JSON.stringify(alarm)),
      onTrouble: () => undefined,
    });
    return { heard, positions, consuming };
  };
  const ledgers = await Promise.all(
    names.map((topic) => follow(withGroupPrefix(createKafkaConsumer({ brokers }), `${topic}.`), topic)),
  );
  // Both are members before the first message comes: what one read alone would prove nothing.
  await expect.poll(() => ledgers.map(({ consuming }) => consuming.status().length)).toEqual([partitions, partitions]);
  for (const topic of names)
    await sender.send(
      topic,
      keys.map((key) => ({ key, headers: {}, value: 'x' })),
    );
  await expect.poll(() => ledgers.map(({ heard }) => heard.size)).toEqual([40, 40]);
  for (const [index, { positions }] of ledgers.entries())
    expect((await positions.load(group, names[index] ?? '')).size, 'positions keep the name of the group').toBe(
      partitions,
    );
  await Promise.all([sender.close(), ...ledgers.map(({ consuming }) => consuming.stop())]);
});
