export { openDatabase, type Database } from './database.js';
export { startServices, type Services } from './services.js';
export { startProcess, startStandalone, type Process, type Standalone } from './start.js';
