import { incomingOf, incomingTerms, withIncoming } from './incoming.js';
import { isOpen } from './open-locations.js';
import { notOpenTerm, poolOf } from './pool.js';
import { notReleasedTerm, preorderTerms, withNothingThere } from './preorder.js';
import { shownTermsOf, stateOf } from './shown.js';
import { tranchesThere, tranchesToCome, tranchesUntil } from './tranches.js';
import type { AtpPolicy, Availability, Supply, Term } from './types.js';

/** The channel's own fenced units: kept for it alone, so nothing is deducted from them but what is not open. */
const fencedTerms = (supply: Supply, policy: AtpPolicy): readonly Term[] => {
  const { channel, locations } = policy.channel;
  const terms: Term[] = [];
  for (const { location, fenced, origin } of supply.locations) {
    const quantity = fenced[channel] ?? 0;
    if (quantity <= 0 || !locations.includes(location)) continue;
    terms.push({ term: 'fenced', quantity, location, channel, ...(origin && { origin }) });
    if (!isOpen(location, policy.locations)) terms.push(notOpenTerm(location, quantity, policy.locations));
  }
  return terms;
};

const sumOf = (items: readonly { readonly quantity: number }[]): number =>
  items.reduce((total, item) => total + item.quantity, 0);

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
  const pool = poolOf(supply, policy);
  const fenced = fencedTerms(supply, policy);
  const byLocation =
    fenced.length === 0
      ? pool.byLocation
      : pool.byLocation.map(({ location, quantity }) => ({
          location,
          quantity: quantity + sumOf(fenced.filter((term) => term.location === location)),
        }));
  const { eligible, validUntil, isPreorder = false } = incomingOf(supply, policy, now, pool.owed);
  const ready = isPreorder ? withNothingThere(byLocation) : byLocation;
  const there = sumOf(ready);
  const shares = withIncoming(ready, eligible);
  const atp = sumOf(shares);
  const shownTerms = shownTermsOf(policy.channel, atp, pool.units);
  const shown = atp + sumOf(shownTerms);
  return {
    channel: policy.channel.channel,
    atp,
    shown,
    byLocation: shares,
    tranches: [...tranchesThere(ready, policy.locations, now), ...tranchesToCome(eligible, policy.locations)],
    state: stateOf(atp, there, shown, isPreorder),
    terms: [
      ...pool.terms,
      ...fenced,
      ...(isPreorder
        ? [...notReleasedTerm(policy.channel, sumOf(byLocation)), ...preorderTerms(policy.channel, supply, eligible)]
        : incomingTerms(supply, eligible)),
    ],
    shownTerms,
    ...untilFirst(now, supply.nextExpiry, validUntil, tranchesUntil(ready, policy.locations, now)),
  };
};

/** The first of these moments that is to come. */
const untilFirst = (now: string, ...moments: readonly (string | undefined)[]): Pick<Availability, 'validUntil'> => {
  let first: string | undefined;
  for (const moment of moments)
    if (moment !== undefined && moment > now && (first === undefined || moment < first)) first = moment;
  return first === undefined ? {} : { validUntil: first };
};
