export { startEventStoreCluster, type EventStoreCluster } from './cluster.js';
export { startEventStoreServer } from './start.js';
export type * from './types.js';
