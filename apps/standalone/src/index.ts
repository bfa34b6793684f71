export { openDatabase, type Database } from './database.js';
export { streamPrefixes } from './engine.js';
export { startServices, type Services } from './services.js';
export { startStandalone, type Standalone } from './start.js';
