import { relayTopics } from '#apps/availability';
import type { IncomingMessage, MessageConsumer, PositionStore } from '#messaging';
import { createKafkaConsumer } from '#messaging/kafka';
import { createMemoryPositions } from '#messaging/memory';
import { createTopicWatch } from '../../../libs/messaging/kafka/src/topic-watch.js';
import { becomesTrue } from '../../servers/kafka/index.js';

export type Stored = IncomingMessage & { readonly partition: number };

/** Waiting, never asserted. */
const readMillisMax = 120_000;

/** Everything that a topic holds, of each partition in its order. @throws when it cannot be read to its end */
export const readTopic = async (brokers: readonly string[], topic: string): Promise<readonly Stored[]> => {
  const found: Stored[] = [];
  const [positions, group] = [createMemoryPositions(), `reader-of-${topic}`];
  const consumer = createKafkaConsumer({ brokers, ownCompactedTopics: [relayTopics.availability] });
  const watch = createTopicWatch({ brokers });
  const consuming = await follow(consumer, { group, topic, positions, found });
  const isRead = async (): Promise<boolean> => {
    const [bounds, read] = [await watch.bounds(topic), await positions.load(group, topic)];
    return [...bounds].every(([partition, { high }]) => (read.get(partition)?.next ?? 0) >= high);
  };
  try {
    if (!(await becomesTrue(isRead, readMillisMax))) throw new Error(`${topic} could not be read to its end`);
    return found;
  } finally {
    await Promise.all([consuming.stop(), watch.close()]);
  }
};

type Reading = {
  readonly group: string;
  readonly topic: string;
  readonly positions: PositionStore;
  readonly found: Stored[];
};

const follow = (consumer: MessageConsumer, { found, topic, ...reading }: Reading) =>
  consumer.consume({
    ...{ ...reading, topics: [topic] },
    handle: ({ partition, messages }) => {
      for (const message of messages) found.push({ ...message, partition });
      return Promise.resolve();
    },
    // It then does not come to the topic's end.
    onAlarm: () => undefined,
    onTrouble: () => undefined,
  });

export const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
