export { openDatabase, type Database } from './database.js';
export { startServices, type Services } from './services.js';
export { startStandalone, type Standalone } from './start.js';
