export { birthmarkOf } from './birthmark.js';
export { effectsOf } from './effects-of.js';
export { type StockNotice, stockNoticesOf } from './notices.js';
export { pendingOf } from './pending.js';
export { metMax } from './refunds.js';
export * from './views.js';
