export * from './kinds.js';
export * from './events.js';
export * from './codes.js';
export * from './commands.js';
export * from './refusals.js';
export {
  backorderDaysMax,
  locationsPerChannelMax,
  paymentClassesMax,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
  reviewAfterHoursMax,
  shareUnitsMax,
  unitsPerSaleMax,
} from './checks.js';
export * from './channel.js';
export * from './location.js';
export * from './listing-stream.js';
export * from './listing.js';
export * from './policy-book.js';
