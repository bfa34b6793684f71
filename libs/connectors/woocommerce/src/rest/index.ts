export { type Client, type ClientOptions, restClient } from './client.js';
export { type Failure, type FailureKind, ok, type Outcome } from './failure.js';
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
export { enableWebhook, readDisabledWebhooks, readHoldMinutes, type Webhook } from './settings.js';
export { compareAndSet, hasStockRoute } from './stock-route.js';
export {
  isQuantity,
  quantityMax,
  quantityMin,
  type RowOutcome,
  type StockBatch,
  writeRowsMax,
  writeStock,
} from './stock-writes.js';
