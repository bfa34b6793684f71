export * from './rule.js';
export * from './validate.js';
export * from './pipes.js';
export * from './timestamp.js';
