export { startEventStoreServer } from './start.js';
export type * from './types.js';
