export type * from './contracts/index.js';
export * from './records/index.js';
export { RecordsHttpModule, type RecordsHttpParts } from './http/records/records-http.module.js';
