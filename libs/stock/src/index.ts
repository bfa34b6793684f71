export * from './parts.js';
export * from './events.js';
export * from './commands.js';
export * from './refusals.js';
