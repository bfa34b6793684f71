export { startKafka, type KafkaCluster, type KafkaOptions } from './start-kafka.js';
export { sharedKafka } from './shared.js';
export { becomesTrue } from './until.js';
