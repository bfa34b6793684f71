import { incomingOf, incomingTerms, withIncoming, type IncomingAnswer } from './incoming.js';
import { isOpen } from './open-locations.js';
import { notOpenTerm, poolOf, type Pool } from './pool.js';
import { notReleasedTerm, preorderTerms, withNothingThere } from './preorder.js';
import { sumOf } from './sum.js';
import type { AtpPolicy, Availability, LocationShare, Supply, Term } from './types.js';

/** What a channel may promise, where it is or will be, and why: what decisions rest on. How it is shown is no part of it. */
export type Promisable = Pick<Availability, 'channel' | 'atp' | 'byLocation' | 'terms'>;

/** With what it was worked out of. `ready` is there already. */
type Reckoned = Promisable & {
  readonly pool: Pool;
  readonly ready: readonly LocationShare[];
  readonly incoming: IncomingAnswer;
};

const nothing: readonly Term[] = [];

/** The channel's own fenced units: kept for it alone, so nothing is deducted from them but what is not open. */
const fencedTerms = (supply: Supply, policy: AtpPolicy): readonly Term[] => {
  const { channel, locations } = policy.channel;
  let terms: Term[] | undefined;
  for (const { location, fenced, origin } of supply.locations) {
    const quantity = fenced[channel] ?? 0;
    if (quantity <= 0 || !locations.includes(location)) continue;
    terms ??= [];
    terms.push({ term: 'fenced', quantity, location, channel, ...(origin && { origin }) });
    if (!isOpen(location, policy.locations)) terms.push(notOpenTerm(location, quantity, policy.locations));
  }
  return terms ?? nothing;
};

const withFenced = (byLocation: readonly LocationShare[], fenced: readonly Term[]): readonly LocationShare[] =>
  fenced.length === 0
    ? byLocation
    : byLocation.map(({ location, quantity }) => ({
        location,
        quantity: quantity + sumOf(fenced.filter((term) => term.location === location)),
      }));

/** The terms of what is to come, or of a pre-order in place of what is there. */
const termsToCome = (
  supply: Supply,
  { channel }: AtpPolicy,
  { eligible, isPreorder }: IncomingAnswer,
  there: readonly LocationShare[],
): readonly Term[] =>
  isPreorder
    ? [...notReleasedTerm(channel, sumOf(there)), ...preorderTerms(channel, supply, eligible)]
    : incomingTerms(supply, eligible);

/** See `availability`, which says besides how it is shown. */
export const promisableOf = (supply: Supply, policy: AtpPolicy, now: string): Reckoned => {
  const pool = poolOf(supply, policy);
  const fenced = fencedTerms(supply, policy);
  const there = withFenced(pool.byLocation, fenced);
  const incoming = incomingOf(supply, policy, now, pool.owed);
  const ready = incoming.isPreorder ? withNothingThere(there) : there;
  const byLocation = withIncoming(ready, incoming.eligible);
  const toCome = termsToCome(supply, policy, incoming, there);
  const terms = fenced.length + toCome.length === 0 ? pool.terms : [...pool.terms, ...fenced, ...toCome];
  return { channel: policy.channel.channel, atp: sumOf(byLocation), byLocation, terms, pool, ready, incoming };
};
