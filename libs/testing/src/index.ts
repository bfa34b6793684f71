export * from './runtime.js';
export * from './sealed-events.js';
