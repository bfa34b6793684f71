export { type Around, type OrderReading, orderViewOf, type SoldItem, soldItemIn, stockOf } from './order-view.js';
