export { marketplaceClient, type MarketplaceClient, type MarketplaceClientOptions } from './client/client.js';
export { capabilities, createMarketplacePort, type MarketplacePortOptions } from './port/create-port.js';
export type { MarketplaceItem, MarketplaceOrder } from './port/order.js';
