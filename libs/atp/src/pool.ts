import { isOpen } from './open-locations.js';
import { channelOrigin, unitsOf } from './share.js';
import { sharesPool } from './sharing.js';
import { sumOf } from './sum.js';
import type { AtpPolicy, ChannelPolicy, LocationSupply, Supply, Term, UnsourcedSupply } from './types.js';

type Quantity = { readonly location: string; readonly quantity: number };

/** What a channel may draw on, before and after deductions. */
export type Pool = {
  /** Per location of the channel, in its order, what is left after the deductions; never below 0. */
  readonly byLocation: readonly Quantity[];
  /** Sum to the sum of `byLocation`. */
  readonly terms: readonly Term[];
  /** What there was before the hard buffer. */
  readonly units: number;
  /** What the pool is owed beyond all it has: whatever comes serves that first. */
  readonly owed: number;
};

/**
 * A location gives what is sellable there. One that is short takes from the pool, but no more than the units it has
 * committed: those are owed to somebody, a hole beyond them is owed to nobody.
 */
const contributionOf = (supply: LocationSupply): number =>
  supply.sellable >= 0 ? supply.sellable : -Math.min(-supply.sellable, Math.max(0, supply.committed));

/** The deductions fall on the last locations first: the first ones keep what they have. */
const deducted = (given: readonly Quantity[], deductions: number): readonly Quantity[] => {
  if (deductions === 0) return given;
  const left: Quantity[] = [];
  let open = deductions;
  for (const { location, quantity } of [...given].reverse()) {
    const taken = Math.min(quantity, open);
    open -= taken;
    left.push({ location, quantity: quantity - taken });
  }
  return left.reverse();
};

const locationTerm = ({ location, origin }: LocationSupply, quantity: number): Term => {
  const term = quantity > 0 ? 'sellable' : 'owed_by_location';
  return origin === undefined ? { term, quantity, location } : { term, quantity, location, origin };
};

const owedTerm = ({ channel, sellable: quantity, origin }: UnsourcedSupply): Term =>
  origin === undefined
    ? { term: 'owed_unsourced', quantity, channel }
    : { term: 'owed_unsourced', quantity, channel, origin };

/** What is sellable or fenced at a place that is not open counts, and is taken out again: both numbers explain why. */
export const notOpenTerm = (location: string, quantity: number, standings: AtpPolicy['locations']): Term => ({
  term: 'not_open',
  quantity: -quantity,
  location,
  origin: { stream: `policy-location-${location}`, revision: standings.get(location)?.revision ?? 0 },
});

const supplyAt = ({ locations }: Supply, location: string): LocationSupply | undefined => {
  for (const supply of locations) if (supply.location === location) return supply;
  return undefined;
};

/** What the channel's locations give, and the terms that say so. A short one owes, open or not. */
const givenBy = (supply: Supply, { channel, locations: standings }: AtpPolicy) => {
  const terms: Term[] = [];
  const given: Quantity[] = [];
  for (const location of channel.locations) {
    const found = supplyAt(supply, location);
    const quantity = found === undefined ? 0 : contributionOf(found);
    if (found !== undefined && quantity !== 0) terms.push(locationTerm(found, quantity));
    const shut = quantity > 0 && !isOpen(location, standings);
    if (shut) terms.push(notOpenTerm(location, quantity, standings));
    given.push({ location, quantity: shut ? 0 : Math.max(0, quantity) });
  }
  return { terms, given };
};

/**
 * The pool of a channel: what its open locations give, less what its locations and the channels that share them owe, not
 * below 0; less its hard buffer.
 */
export const poolOf = (supply: Supply, policy: AtpPolicy): Pool => {
  const { terms, given } = givenBy(supply, policy);
  for (const owed of supply.unsourced)
    if (owed.sellable < 0 && sharesPool(policy, owed.channel)) terms.push(owedTerm(owed));
  const sum = sumOf(terms);
  const units = Math.max(0, sum);
  if (sum < 0) terms.push({ term: 'floor', quantity: -sum });
  const kept = hardBufferOf(policy.channel, units);
  if (kept > 0) terms.push({ term: 'hard_buffer', quantity: -kept, origin: channelOrigin(policy.channel, 'buffer') });
  return { byLocation: deducted(given, sumOf(given) - units + kept), terms, units, owed: units - sum };
};

const hardBufferOf = ({ buffer }: ChannelPolicy, units: number): number =>
  buffer?.effect === 'hard' ? Math.min(units, unitsOf(buffer, units, 'up')) : 0;
