export * from './kinds.js';
export * from './events.js';
export * from './codes.js';
export * from './commands.js';
export * from './refusals.js';
export {
  backorderDaysMax,
  channelsPerSkuMax,
  bundlesMax,
  componentsPerBundleMax,
  componentUnitsMax,
  handlingDaysMax,
  locationsPerChannelMax,
  paymentClassesMax,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
  reviewAfterHoursMax,
  shareUnitsMax,
  skuPoliciesMax,
  unitsPerSaleMax,
} from './checks.js';
export * from './channel.js';
export * from './location.js';
export * from './sku.js';
export { observersMax, postingLagMillisMax } from './observers.js';
export * from './listing-stream.js';
export * from './listing.js';
export * from './bundle.js';
export * from './policy-book.js';
export * from './books-by-sku.js';
