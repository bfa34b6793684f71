export * from './feeds.js';
export * from './listings.js';
export * from './orders.js';
export * from './rows.js';
export { channelsModule } from './statements.js';
