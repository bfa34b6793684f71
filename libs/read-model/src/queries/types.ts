/* What the read side is asked, and what it answers, by question. */

export * from './types/availability.js';
export * from './types/changes.js';
export * from './types/discrepancies.js';
export type * from './types/explanation.js';
export type * from './types/history.js';
export type * from './types/incoming.js';
export * from './types/lists.js';
export type * from './types/moments.js';
export * from './types/oversold.js';
export * from './types/page.js';
export type * from './types/queries.js';
export type * from './types/status.js';
export type * from './types/stock.js';
