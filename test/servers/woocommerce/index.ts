export type { Bought, Gateway, Purchase } from './shop/checkout.js';
export type { Pause, PausePoint, Settings, StockWrite } from './shop/context.js';
export { createGate, type Gate } from './shop/gates.js';
export { pauseAtRandom } from './shop/pauses.js';
export type * from './shop/rows.js';
export { createWooCommerce, type NewProduct, type Shop, type ShopOptions } from './shop/shop.js';
