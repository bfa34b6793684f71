export * from './runtime.js';
export * from './sealed-events.js';
export * from './channel/index.js';
export * from './contract/index.js';
export * from './specify.js';
export * from './counter-kind.js';
export * from './lanes-scene.js';
export * from './messaging/index.js';
