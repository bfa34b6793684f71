import type { DescribedOrder } from './order-snapshot.js';

/**
 * So far ahead of ours a shop's clock may be: within it an order keeps its date from one reading to the next. The ledger
 * takes five minutes.
 */
const keptAheadMillisMax = 60_000;

/** What the ledger would refuse. */
const refusedAheadMillis = 300_000;

const clockAhead = {
  code: 'clock_ahead',
  detail:
    "The shop's clock is more than 5 minutes ahead: its dates are taken for the moment of reading. Set the clock, or the zone, of the shop.",
};

/** RFC 3339, and a word to a person where the shop's clock is far ahead. */
export type OrderDates = {
  readonly placedAt: string;
  readonly changedAt: string;
  readonly notices: DescribedOrder['notices'];
};

const written = (millis: number): string => new Date(millis).toISOString();

/**
 * Dates of a shop's order, none of them ahead of our clock: the ledger refuses what is yet to come. All of them in milliseconds
 * since 1970.
 */
export const orderDatesOf = (placed: number, changed: number, readAt: number): OrderDates => ({
  placedAt: written(Math.min(placed, readAt + keptAheadMillisMax)),
  changedAt: written(Math.min(changed, readAt)),
  notices: Math.max(placed, changed) - readAt > refusedAheadMillis ? [clockAhead] : [],
});
