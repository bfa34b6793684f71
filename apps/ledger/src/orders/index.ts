export * from './resolutions.js';
export * from './deliveries.js';
export { skusAtOnceMax, type StockLanes, type SkuOutcome, type Sending } from './send-targets.js';
export type { LineAnswer, LineIn, LineStatus, OrderAnswer } from './answer.js';
export * from './order-desk.js';
export * from './order-backstop.js';
export * from './waiting-orders.js';
export * from './order-resolver.js';
export { lineIn } from './line-in.js';
