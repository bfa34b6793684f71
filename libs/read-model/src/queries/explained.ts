import { availability } from '#atp';
import type { AtpPolicy, Availability } from '#atp';
import { positionOf } from '#event-sourcing';
import { policyFor } from '../supply/channels.js';
import type { SkuRow } from '../supply/sku-rows.js';
import { heldBy, heldByListing, heldByListingMember, supplyOf } from '../supply/supply-of.js';
import { balancesOf } from './balances-of.js';
import type { AvailabilityRow, Explanation, OpenHold } from './types.js';

/** Holds that an explanation lists: those that expire first. */
export const explainedHoldsMax = 100;

/** The one answer to what a channel may promise of a SKU, whichever question asks: out of its row, at the row's moment. */
export const availabilityOf = (policy: AtpPolicy, row: SkuRow): Availability =>
  availability(supplyOf(row), policyFor(policy, row), row.at);

/** What is said of a pair, but for what has been announced of it. */
export const figuresOf = (policy: AtpPolicy, row: SkuRow, answer: Availability): Omit<AvailabilityRow, 'sequence'> => {
  const { atp, shown, byLocation, tranches, state, validUntil } = answer;
  const { channel } = policy.channel;
  return {
    ...{ sku: row.sku, channel, atp, shown, byLocation, tranches, state },
    held: heldBy(row, channel),
    ...heldByListingMember(heldByListing(row, channel)),
    revision: row.revision,
    position: positionOf(row.position),
    ...(validUntil !== undefined && { validUntil }),
  };
};

/** The same with every number that went in: now, or at a moment in the past. */
export const explained = (
  policy: AtpPolicy,
  row: SkuRow,
  holds: readonly OpenHold[],
): Omit<Explanation, 'sequence'> => {
  const answer = availabilityOf(policy, row);
  return {
    ...figuresOf(policy, row, answer),
    at: row.at,
    terms: answer.terms,
    shownTerms: answer.shownTerms,
    policy: policyFor(policy, row).channel,
    balances: balancesOf(row),
    holds,
  };
};
