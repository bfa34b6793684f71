export { openDatabase, type Database } from './database.js';
export { streamPrefixes } from './engine.js';
export { startServices, type Services } from './services.js';
export { startProcess, startStandalone, type Process, type Standalone } from './start.js';
