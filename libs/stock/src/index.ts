/* The domain of stock. To read it: events, then decide/decide, then evolve. */
export * from './parts.js';
export * from './events.js';
export * from './commands.js';
export * from './refusals.js';
export * from './bounds.js';
export * from './policy.js';
export { expectedAt, isTellable, type Figure } from './decide/expected.js';
export { evolve } from './evolve.js';
export { channelOfReservation, factKeyOf, lineKeyOf, reservationKeyOf } from './keys.js';
export { isBucket, postings, type Posting } from './postings.js';
export { factsOf, type FactChange, type FactRecord, type LineRecord, type PostedFact } from './state/facts.js';
export { onHandOf, usableOf, type Balances } from './state/balances.js';
export { isExpired } from './state/holds.js';
export { receivedOn } from './state/incoming.js';
export { quotaIn, quotasOf, quotaStandingOf, type QuotaStanding } from './state/quotas.js';
export { initialState, type StockState } from './state/state.js';
export { givenBack, standingBalances, supplyOf, supplyOfBalances } from './state/supply.js';
export { factContentOf, factKeysOf, stockDecider, stockKind, undoneBy } from './stock-kind.js';
