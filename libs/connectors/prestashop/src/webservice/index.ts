export { type Answer, type Client, type ClientOptions, webserviceClient } from './client.js';
export { failed, type Failure, type FailureKind, type Outcome, type ShopError } from './failure.js';
export {
  above,
  anyOf,
  between,
  type Filter,
  type ListRequest,
  type Page,
  type PageRequest,
  idsMax,
  pageRowsDefault,
  readByIds,
  readNewest,
  readOne,
  readPage,
  readPages,
} from './lists.js';
export { readVersion, type ShopVersion } from './read-version.js';
export { type Resource } from './resource.js';
export { type Combination, combinations } from './resources/combinations.js';
export { type Configuration, configurationNames, configurations, stateNames } from './resources/configurations.js';
export { type OrderDetail, orderDetails } from './resources/order-details.js';
export { orderHistories, type OrderHistory } from './resources/order-histories.js';
export { orderSlips, type OrderSlipRow } from './resources/order-slips.js';
export { type OrderState, orderStates } from './resources/order-states.js';
export { type Order, orders } from './resources/orders.js';
export {
  type NamedProduct,
  namedProducts,
  packProducts,
  type PackProduct,
  type Product,
  products,
} from './resources/products.js';
export { type Shop, type ShopGroup, shopGroups, shops } from './resources/shops.js';
export { type StockAvailable, stockAvailables } from './resources/stock-availables.js';
export { type StockMovement, stockMovements } from './resources/stock-movements.js';
export { enterState, type StateChange } from './state-changes.js';
export {
  quantityMax,
  quantityMin,
  stockBody,
  type StockWrite,
  type WriteContext,
  writeRowsMax,
  writeStock,
} from './stock-writes.js';
export { malformedAnswer } from './xml.js';
