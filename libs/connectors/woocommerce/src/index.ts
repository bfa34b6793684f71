export * from './effects/index.js';
export * from './reading/index.js';
