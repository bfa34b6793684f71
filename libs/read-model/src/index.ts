export type * from './queries/types.js';
export { bulkSkusMax, changesWaitMillisMax, pageRowsMax } from './queries/types.js';
