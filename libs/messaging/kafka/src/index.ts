export { KafkaAccessError } from './access.js';
export type { KafkaConnection, KafkaLogEntry } from './connection.js';
export { createKafkaConsumer } from './consumer.js';
export type { ConsumerTimings, KafkaConsumerOptions } from './options.js';
export { createTopicReader, type TopicReaderOptions } from './topic-reader.js';
export { createKafkaSender } from './sender.js';
export { UnfitTopicError } from './topics.js';
export { ensureTopics, type TopicFault, type TopicPlan } from './ensure-topics.js';
