export * from './event-store-contract.js';
export type { Check, Scene } from './scene.js';
