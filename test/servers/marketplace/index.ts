export type { Fault, FaultRule, Faults, Resource } from './http/faults.js';
export type { Limit, Limits } from './http/limits.js';
export type { RequestRecord } from './http/serve.js';
export { createMarketplace, type Marketplace, type MarketplaceOptions } from './market/marketplace.js';
export type { NewOffer, Offers } from './market/offers.js';
export { openUnits, type Orders, type Wanted, type WholeOrder } from './market/orders.js';
export { unitsBeyond, type FigureWrite, type OfferRow, type OrderItemRow, type Sale } from './market/rows.js';
export { buyAt, type Bought } from './shopper.js';
export { startMarketplace, type MarketplaceServer, type MarketplaceServerOptions } from './start.js';
