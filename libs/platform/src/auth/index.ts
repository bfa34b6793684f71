export * from './api-key.js';
export * from './keep-fresh.js';
export * from './key-hook.js';
export * from './key-record.js';
export * from './key-ring.js';
export * from './scope-guard.js';
export * from './scopes.js';
export * from './scopes.decorator.js';
