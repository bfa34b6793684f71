import { sharesPool } from './sharing.js';
import type { AtpPolicy, LocationSupply, Supply, Term } from './types.js';

type Quantity = { readonly location: string; readonly quantity: number };

/** What a channel may draw on, before and after deductions. */
export type Pool = {
  /** Per location of the channel, in its order, what is left after the deductions; never below 0. */
  readonly byLocation: readonly Quantity[];
  /** Sum to the sum of `byLocation`. */
  readonly terms: readonly Term[];
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

const locationTerm = (supply: LocationSupply, quantity: number): Term => ({
  term: quantity > 0 ? 'sellable' : 'owed_by_location',
  quantity,
  location: supply.location,
  ...(supply.origin && { origin: supply.origin }),
});

const owedTerms = (supply: Supply, policy: AtpPolicy): readonly Term[] =>
  supply.unsourced
    .filter(({ channel, sellable }) => sellable < 0 && sharesPool(policy.channel, channel, policy.channels))
    .map(({ channel, sellable, origin }) => ({
      term: 'owed_unsourced',
      quantity: sellable,
      channel,
      ...(origin && { origin }),
    }));

/** The pool of a channel: what its locations give, less what they and the channels that share them owe, not below 0. */
export const poolOf = (supply: Supply, policy: AtpPolicy): Pool => {
  const terms: Term[] = [];
  const given: Quantity[] = [];
  for (const location of policy.channel.locations) {
    const found = supply.locations.find((candidate) => candidate.location === location);
    const quantity = found === undefined ? 0 : contributionOf(found);
    if (found !== undefined && quantity !== 0) terms.push(locationTerm(found, quantity));
    given.push({ location, quantity: Math.max(0, quantity) });
  }
  terms.push(...owedTerms(supply, policy));
  const sum = terms.reduce((total, term) => total + term.quantity, 0);
  const deductions = terms.reduce((total, term) => total + Math.max(0, -term.quantity), 0);
  if (sum < 0) terms.push({ term: 'floor', quantity: -sum });
  return { byLocation: deducted(given, deductions), terms };
};
