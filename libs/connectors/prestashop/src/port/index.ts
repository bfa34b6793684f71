export { capabilities, createPrestashopPort, type PrestashopPortOptions } from './create-port.js';
export type { ShopMeaning, StateMeaning, StateOverrides } from './description/state-meaning.js';
export type { OrderShop, PrestashopOrder } from './order.js';
