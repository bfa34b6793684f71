export { capabilities, createBazaarPort, type BazaarPortOptions } from './port/create-port.js';
