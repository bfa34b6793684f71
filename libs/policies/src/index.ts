export * from './kinds.js';
export * from './events.js';
export * from './codes.js';
export * from './commands.js';
export * from './refusals.js';
export {
  locationsPerChannelMax,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
  shareUnitsMax,
  unitsPerSaleMax,
} from './checks.js';
export * from './channel.js';
export * from './location.js';
export { observersMax, postingLagMillisMax } from './observers.js';
export * from './listing-stream.js';
export * from './listing.js';
export * from './policy-book.js';
