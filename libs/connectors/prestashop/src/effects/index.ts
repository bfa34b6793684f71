export { changesBetween, type RowChanges } from './changes-between.js';
export { expectedRows, together } from './expected-rows.js';
export { pathsMax } from './history.js';
export { keyOf, parentOf, type Row, rowIn, type RowKey } from './rows.js';
export type * from './views.js';
