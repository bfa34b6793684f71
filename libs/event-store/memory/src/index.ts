export * from './memory-store.js';
export * from './faults.js';
export * from './memory-key-index.js';
export * from './memory-snapshots.js';
