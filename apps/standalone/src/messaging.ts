import { deadLetterTopicOf, intakeTopics } from '#apps/ledger';
import { relayTopics } from '#apps/availability';
import {
  readerWithTopicPrefix,
  withTopicPrefix,
  type MessageConsumer,
  type MessageSender,
  type PositionStore,
  type TopicReader,
} from '#messaging';
import {
  createKafkaConsumer,
  createKafkaSender,
  createTopicReader,
  ensureTopics,
  type KafkaConnection,
  type TopicPlan,
} from '#messaging/kafka';
import { createPostgresMessaging, createPostgresPositions } from '#messaging/postgres';
import type { Config, Logger } from '#platform';
import type { Base } from './base.js';
import { withGroupPrefix } from './group-prefix.js';
import { connectionOf, type KafkaConfig } from './kafka-connection.js';
import { troubleWith } from './trouble.js';

/** A transport of messages. */
export type Messaging = {
  readonly sender: MessageSender;
  readonly consumer: MessageConsumer;
  readonly positions: PositionStore;
  /** Somebody beside the ledger can read what it sends. */
  readonly isShared: boolean;
  readonly close: () => Promise<void>;
};

/** Kafka where its brokers are given, else the database that is there anyway. */
export const openMessaging = (base: Base, config: Config, logger: Logger): Messaging =>
  config.kafkaBrokers === undefined
    ? onPostgres(base, logger)
    : onKafka(base, { ...config, kafkaBrokers: config.kafkaBrokers }, logger);

const onPostgres = ({ clock, serviceUrl }: Base, logger: Logger): Messaging => {
  const messaging = createPostgresMessaging({
    ...{ url: serviceUrl, clock, applicationName: 'messages' },
    onTrouble: troubleWith(logger, 'messages'),
  });
  return { ...messaging, isShared: false };
};

const onKafka = ({ clock, pool }: Base, config: KafkaConfig, logger: Logger): Messaging => {
  const connection = connectionOf(config, logger);
  const { kafkaTopicPrefix: prefix } = config;
  const ownTopics = { ownCompactedTopics: [prefix + relayTopics.availability] };
  const kafka = {
    sender: createKafkaSender(connection),
    consumer: withGroupPrefix(createKafkaConsumer({ ...connection, ...ownTopics, timings: timingsOf(config) }), prefix),
  };
  const closing = new AbortController();
  const prepared = prepareTopics(connection, config, { logger, sleep: clock.sleep, signal: closing.signal });
  return {
    ...withTopicPrefix(kafka, prefix),
    positions: createPostgresPositions(pool),
    isShared: true,
    close: async () => {
      closing.abort();
      await prepared;
      await kafka.sender.close();
    },
  };
};

/** What the topics hold that the ledger tells the world by; undefined where nobody is told by message. */
export const openTopicReader = (config: Config, logger: Logger): TopicReader | undefined => {
  if (config.kafkaBrokers === undefined) return undefined;
  const { kafkaBrokers, kafkaTopicPrefix: prefix } = config;
  const reader = createTopicReader({
    ...connectionOf({ ...config, kafkaBrokers }, logger),
    ...{ groupPrefix: prefix, ownCompactedTopics: [prefix + relayTopics.availability] },
    onTrouble: troubleWith(logger, 'reading topics'),
  });
  return readerWithTopicPrefix(reader, prefix);
};

/** Five heartbeats may be late or lost before the session ends. */
const heartbeatsPerSession = 6;

const timingsOf = ({ kafkaSessionMillis: sessionMs }: KafkaConfig) => ({
  sessionMs,
  heartbeatMs: Math.floor(sessionMs / heartbeatsPerSession),
});

/** A dead letter is a third larger than its message, and an event comes with its place in the chain. */
const largeMessageBytesMax = 2 * 1024 * 1024;

const topicPlans = ({ kafkaPartitions, kafkaReplicas, kafkaTopicPrefix }: Config): readonly TopicPlan[] => {
  const plan = (topic: string, kind: TopicPlan['kind'], messageBytesMax = largeMessageBytesMax): TopicPlan => ({
    ...{ topic: kafkaTopicPrefix + topic, kind, messageBytesMax },
    ...{ partitions: kafkaPartitions, replicas: kafkaReplicas },
  });
  const taken = Object.values(intakeTopics);
  return [
    ...taken.map((topic) => plan(topic, 'intake')),
    ...taken.map((topic) => plan(deadLetterTopicOf(topic), 'intake')),
    plan(relayTopics.events, 'intake'),
    plan(relayTopics.availability, 'compacted'),
  ];
};

/** How long brokers that are away are left alone. */
const askAgainMillis = 2_000;

type Preparing = {
  readonly logger: Logger;
  readonly sleep: (millis: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Makes the topics that are missing and says what is wrong with the others; brokers that are away are asked again. */
const prepareTopics = async (
  connection: KafkaConnection,
  config: Config,
  { logger, sleep, signal }: Preparing,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      for (const fault of await ensureTopics(connection, topicPlans(config)))
        logger.warn('A topic is not as it should be', { ...fault });
      return;
    } catch (error) {
      troubleWith(logger, 'the topics')(error);
      await sleep(askAgainMillis, signal);
    }
  }
};
