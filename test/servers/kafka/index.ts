export { startKafka, type KafkaCluster, type KafkaOptions } from './start-kafka.js';
export { sharedKafka } from './shared.js';
export { becomesTrue } from '../../crash/service/becomes-true.js';
export { authority, type Authority } from './certificates.js';
