export * from './message.js';
export * from './ports.js';
