export type * from './channel.js';
export type * from './ledger-side.js';
export type * from './records.js';
export type * from './shop.js';
export type * from './workers.js';
