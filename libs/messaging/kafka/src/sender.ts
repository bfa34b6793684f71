import { SendUnavailableError, type MessageSender, type MessagingCapabilities, type OutgoingMessage } from '#messaging';
import { batchesOf, type Numbered } from './batches.js';
import type { KafkaConnection } from './connection.js';
import { partitionOf } from './partition-of.js';
import { createPartitionSender, type PartitionSender } from './partition-sender.js';
import { createTopicDirectory } from './topic-directory.js';

export const capabilities: MessagingCapabilities = {
  name: 'kafka',
  partitions: true,
  compacts: true,
  topicsMustExist: true,
};

/**
 * Sends over Kafka: to each partition one awaited batch after another, to several at the same time, acknowledged by all
 * replicas in sync. A message may be stored twice when a broker stays silent, never out of order behind a later one of
 * the same call.
 *
 * @example const sender = createKafkaSender({ brokers: ['kafka-1:9092'] });
 */
export const createKafkaSender = (connection: KafkaConnection): MessageSender => {
  const directory = createTopicDirectory(connection);
  const senders = new Map<string, PartitionSender>();
  const turns = new Map<string, Promise<unknown>>();
  const senderOf = (topic: string, partition: number): PartitionSender => {
    const place = `${topic}/${partition}`;
    const sender = senders.get(place) ?? createPartitionSender(connection, topic, partition);
    senders.set(place, sender);
    return sender;
  };
  const sendNow = async (topic: string, messages: readonly OutgoingMessage[]): Promise<void> => {
    const shares = sharesOf(messages, await directory.partitions(topic));
    const sent = [...shares].map(([partition, share]) => sendAll(senderOf(topic, partition), share));
    const failures = (await Promise.allSettled(sent)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    if (failures.length === 0) return;
    directory.forget(topic);
    throw failures.find((error) => error instanceof SendUnavailableError) ?? failures[0];
  };
  return {
    capabilities,
    send: async (topic, messages) => {
      if (messages.length === 0) return;
      const mine = (turns.get(topic) ?? Promise.resolve()).then(() => sendNow(topic, messages));
      const settled = mine.catch(() => undefined);
      turns.set(topic, settled);
      await mine;
    },
    close: async () => {
      await Promise.all(turns.values());
      await Promise.all([directory, ...senders.values()].map(({ close }) => close()));
      senders.clear();
    },
  };
};

/** By partition, in the order given. */
const sharesOf = (
  messages: readonly OutgoingMessage[],
  partitions: number,
): ReadonlyMap<number, readonly Numbered[]> => {
  const shares = new Map<number, Numbered[]>();
  for (const [index, message] of messages.entries()) {
    const partition = partitionOf(message.key, partitions);
    const share = shares.get(partition) ?? [];
    share.push({ index, message });
    shares.set(partition, share);
  }
  return shares;
};

const sendAll = async (sender: PartitionSender, share: readonly Numbered[]): Promise<void> => {
  for (const batch of batchesOf(share)) await sender.send(batch);
};
