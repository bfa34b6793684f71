export * from './messaging-contract.js';
export type { PositionCheck, PositionScene } from './position-checks.js';
export type { ForeignMessage, MessagingCheck, MessagingScene, TransportHands } from './scene.js';
export * from './memory-under-test.js';
