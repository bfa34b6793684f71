export { createMemoryBroker, type MemoryBroker, type MemoryBrokerOptions } from './memory-broker.js';
export { createMemoryPositions } from './memory-positions.js';
export type { BrokerFaults, SendFault } from './faults.js';
export type { RawMessage } from './memory-log.js';
