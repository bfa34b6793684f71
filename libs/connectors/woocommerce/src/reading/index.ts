export { type Around, orderViewOf, type SoldItem, soldItemIn, stockOf } from './order-view.js';
