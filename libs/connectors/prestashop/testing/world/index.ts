export { serverWorld } from './server-world.js';
export { type PrestashopWorld, webserviceWorld } from './webservice-world.js';
