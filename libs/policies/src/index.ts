export * from './kinds.js';
export * from './events.js';
