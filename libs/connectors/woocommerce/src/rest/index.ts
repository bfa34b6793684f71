export { type Client, type ClientOptions, restClient } from './client.js';
export { failed, type Failure, type FailureKind, malformed, ok, type Outcome } from './failure.js';
export { type Item, type Items, itemsOf, type Sold } from './items.js';
export { pageRowsMax } from './lists.js';
export {
  cancelOrder,
  type OrderList,
  type RawOrder,
  readChanges,
  readLatest,
  readOrder,
  readStatuses,
} from './orders.js';
export {
  assertQuantities,
  quantityMax,
  quantityMin,
  type RowOutcome,
  type StockBatch,
  writeRowsMax,
  writeStock,
} from './stock-writes.js';
