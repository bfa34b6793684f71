import type { MessageConsumer, MessageSender, PositionStore } from './ports.js';
import type { TopicReader } from './topic-reader.js';

type Transport = { readonly sender: MessageSender; readonly consumer: MessageConsumer };

/**
 * A transport whose topics begin with `prefix` where they are kept and without it everywhere else, positions included:
 * several ledgers on one cluster.
 */
export const withTopicPrefix = ({ sender, consumer }: Transport, prefix: string): Transport =>
  prefix === ''
    ? { sender, consumer }
    : { sender: prefixedSender(sender, prefix), consumer: prefixedConsumer(consumer, prefix) };

/** A reader of the same topics. */
export const readerWithTopicPrefix = (reader: TopicReader, prefix: string): TopicReader => {
  const bare = (topic: string): string => topic.slice(prefix.length);
  const whole = (topics: readonly string[]): readonly string[] => topics.map((topic) => prefix + topic);
  return {
    bounds: async (topics) =>
      new Map([...(await reader.bounds(whole(topics)))].map(([topic, bounds]) => [bare(topic), bounds])),
    read: ({ topics, onBatch, ...rest }) =>
      reader.read({
        ...{ ...rest, topics: whole(topics) },
        onBatch: (batch) => onBatch({ ...batch, topic: bare(batch.topic) }),
      }),
  };
};

const prefixedSender = (sender: MessageSender, prefix: string): MessageSender => ({
  ...sender,
  send: (topic, messages) => sender.send(prefix + topic, messages),
});

const prefixedConsumer = (consumer: MessageConsumer, prefix: string): MessageConsumer => {
  const bare = <Named extends { readonly topic: string }>(named: Named): Named => ({
    ...named,
    topic: named.topic.slice(prefix.length),
  });
  return {
    ...consumer,
    consume: async (options) => {
      const consuming = await consumer.consume({
        ...options,
        topics: options.topics.map((topic) => prefix + topic),
        positions: barePositions(options.positions, (topic) => topic.slice(prefix.length)),
        handle: (batch, signal) => options.handle(bare(batch), signal),
        onAlarm: (alarm) => options.onAlarm(bare(alarm)),
      });
      return { ...consuming, status: () => consuming.status().map(bare) };
    },
  };
};

const barePositions = (positions: PositionStore, bare: (topic: string) => string): PositionStore => ({
  load: (group, topic) => positions.load(group, bare(topic)),
  advance: (group, topic, partition, to) => positions.advance(group, bare(topic), partition, to),
  reset: (group, topic, partition, to) => positions.reset(group, bare(topic), partition, to),
});
