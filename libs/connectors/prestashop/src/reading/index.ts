export { readAllRows, rowsReadMax } from './all-rows.js';
export { type OrderReading, readOrder, type WholeOrderView } from './order-view.js';
export { readPacks } from './packs.js';
export { type Settings, settingsIn } from './settings.js';
export { readShop } from './shop-view.js';
