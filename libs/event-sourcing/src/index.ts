export * from './json.js';
export * from './persistent.js';
export * from './instant.js';
export * from './event.js';
export * from './decider.js';
export * from './event-store.js';
export * from './runtime.js';
export * from './kernel.js';
