export * from './message.js';
export * from './ports.js';
export * from './alarm.js';
export * from './fingerprint.js';
export * from './wake-up.js';
export * from './run-partition.js';
export * from './turns.js';
