export { capabilities, createPrestashopPort, type PrestashopPortOptions } from './create-port.js';
export type { ShopMeaning } from './description/state-meaning.js';
export { judgePrestashopSettings, type PrestashopSettings, type PrestashopSettingsVerdict } from './judge-settings.js';
export type { OrderShop, PrestashopOrder } from './order.js';
