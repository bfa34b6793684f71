export type * from './contracts/index.js';
export * from './ledger-side/index.js';
