export { openBase, type Base } from './base.js';
export { openDatabase, type Database } from './database.js';
export { streamPrefixes } from './engine.js';
export type { Extras } from './messages.js';
export { openTopicReader } from './messaging.js';
export { startServices, startSides, type Services, type Sides } from './services.js';
export { startProcess, startStandalone, type Process, type Standalone } from './start.js';
