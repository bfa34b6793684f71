import { promisableOf } from './promisable.js';
import { shownTermsOf, stateOf } from './shown.js';
import { sumOf } from './sum.js';
import { tranchesThere, tranchesToCome, tranchesUntil } from './tranches.js';
import type { AtpPolicy, Availability, Supply } from './types.js';

/**
 * What a channel may promise of one SKU at `now`, and why: the one function for display, reservations and explanations.
 *
 * Integers in base units. `byLocation` lists the channel's locations in its order and sums to `atp`; so do `terms`, and
 * with the `shownTerms` they sum to `shown`.
 * `validUntil` is the first instant at which the answer changes without an event. Pure; never throws.
 *
 * @param supply balances with the units of expired holds already back where they came from
 * @param now an instant (fixed width, compares as text)
 */
export const availability = (supply: Supply, policy: AtpPolicy, now: string): Availability => {
  const { channel, atp, byLocation, terms, pool, ready, incoming } = promisableOf(supply, policy, now);
  const { eligible, isPreorder } = incoming;
  const shownTerms = shownTermsOf(policy.channel, atp, pool.units);
  const shown = atp + sumOf(shownTerms);
  const there = tranchesThere(ready, policy.locations, now);
  const tranches = eligible.length === 0 ? there : [...there, ...tranchesToCome(eligible, policy.locations)];
  const state = stateOf(atp, sumOf(ready), shown, isPreorder);
  const answer = { channel, atp, shown, byLocation, tranches, state, terms, shownTerms };
  const ofTranches = tranchesUntil(ready, policy.locations, now);
  const validUntil = firstAfter(now, supply.nextExpiry, incoming.validUntil, ofTranches);
  return validUntil === undefined ? answer : { ...answer, validUntil };
};

/** The first of these moments that is to come. */
const firstAfter = (now: string, ...moments: readonly (string | undefined)[]): string | undefined => {
  let first: string | undefined;
  for (const moment of moments)
    if (moment !== undefined && moment > now && (first === undefined || moment < first)) first = moment;
  return first;
};
