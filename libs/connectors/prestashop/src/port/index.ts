export { capabilities, createPrestashopPort, type PrestashopPortOptions } from './create-port.js';
export type { OrderShop, PrestashopOrder } from './order.js';
