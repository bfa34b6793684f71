import type { Changing, Instant } from '#event-sourcing';
import type { LocationSupply, Supply, UnsourcedSupply } from '#atp';
import type { Held } from '../standing.js';
import type { Part } from '../parts.js';
import { balancesAt, withParts, type Balances, type BalancesByLocation } from './balances.js';
import { expiredHolds, hasExpired, nextExpiryOf } from './holds.js';
import { incomingSupplyOf } from './incoming.js';
import { backWithinQuotas, fencedFor, quotaKeyOf, roomOf } from './quotas.js';
import type { StockState } from './state.js';

/** The parts by which a hold gives back what it took, whatever became of its quota meanwhile. */
export const backWhereTheyWere = (held: Held['parts']): readonly Part[] =>
  held.map(({ location, from, quantity }) => ({ location, from: 'reserved', to: from, quantity }));

const withinQuotas = (parts: readonly Part[], { quotas, balances }: StockState): readonly Part[] =>
  backWithinQuotas(parts, (at) => {
    const quota = quotas.get(quotaKeyOf(at));
    return quota === undefined ? 0 : roomOf(quota, fencedFor(balances, at));
  });

/** The parts by which a hold gives back what it took, within what the quotas have room for. */
export const givenBack = (held: Held['parts'], state: StockState): readonly Part[] =>
  withinQuotas(backWhereTheyWere(held), state);

/** Many holds name few places: what they give back, one part a place. */
const together = (parts: readonly Part[]): readonly Part[] => {
  const sums = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.location}|${part.to}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, quantity: sum.quantity + part.quantity } : part);
  }
  return [...sums.values()];
};

/** What expired holds give back although no event has said so yet: units, and promises on what is to come. */
type Lapsed = { readonly parts: readonly Part[]; readonly promises: ReadonlyMap<string, number> };

let last: { readonly holds: StockState['holds']; readonly now: Instant; readonly lapsed: Lapsed } | undefined;

/**
 * Serving a hundred lines asks for the same sum a hundred times, and 30,000 expired holds made that 4 s (measured): the last
 * one is remembered.
 */
const lapsedOf = (state: StockState, now: Instant): Lapsed => {
  if (last?.holds === state.holds && last.now === now) return last.lapsed;
  const parts: Part[] = [];
  const promises = new Map<string, number>();
  for (const [, { parts: held, incoming = [] }] of expiredHolds(state, now)) {
    parts.push(...backWhereTheyWere(held));
    for (const { incomingLine, quantity } of incoming)
      promises.set(incomingLine, (promises.get(incomingLine) ?? 0) + quantity);
  }
  const lapsed = { parts: together(parts), promises };
  last = { holds: state.holds, now, lapsed };
  return lapsed;
};

/** The balances as they count at `now`: units in expired holds are back where they came from, as far as that has room. */
export const standingBalances = (state: StockState, now: Instant): BalancesByLocation =>
  hasExpired(state, now) ? withParts(state.balances, withinQuotas(lapsedOf(state, now).parts, state)) : state.balances;

const unsourcedPrefix = 'unsourced:';

type Counted = Pick<Balances, 'sellable' | 'committed' | 'fenced'>;
type Timed = Pick<Supply, 'nextExpiry' | 'incoming' | 'preordered'>;
type Places = { readonly locations: LocationSupply[]; readonly unsourced: UnsourcedSupply[] };

const addPlace = ({ locations, unsourced }: Places, location: string, balances: Counted): void => {
  const { sellable, committed, fenced } = balances;
  if (location.startsWith(unsourcedPrefix))
    unsourced.push({ channel: location.slice(unsourcedPrefix.length), sellable });
  else locations.push({ location, sellable, committed, fenced });
};

const supplyWith = (
  { locations, unsourced }: Places,
  incoming: Timed['incoming'],
  preordered: Timed['preordered'],
  nextExpiry: Timed['nextExpiry'],
): Supply => {
  const supply: Changing<Supply> = { locations, unsourced };
  if (incoming !== undefined && incoming.length > 0) supply.incoming = incoming;
  if (preordered !== undefined && preordered.length > 0) supply.preordered = preordered;
  if (nextExpiry !== undefined) supply.nextExpiry = nextExpiry;
  return supply;
};

/** What `availability` starts from, out of balances by location, as rows of a read model have them. */
export const supplyOfBalances = (
  balances: Iterable<readonly [string, Counted]>,
  { nextExpiry, incoming, preordered }: Timed = {},
): Supply => {
  const places: Places = { locations: [], unsourced: [] };
  for (const [location, counted] of balances) addPlace(places, location, counted);
  return supplyWith(places, incoming, preordered, nextExpiry);
};

const nothingLapsed: ReadonlyMap<string, number> = new Map();

/** What may be promised of this SKU at `now`, before any policy. Every decision asks: entries would be pairs made for it. */
export const supplyOf = (state: StockState, now: Instant): Supply => {
  const places: Places = { locations: [], unsourced: [] };
  const balances = standingBalances(state, now);
  for (const location of balances.keys()) addPlace(places, location, balancesAt(balances, location));
  const lapsed = hasExpired(state, now) ? lapsedOf(state, now).promises : nothingLapsed;
  const { incoming, preordered } = incomingSupplyOf(state, lapsed);
  return supplyWith(places, incoming, preordered, nextExpiryOf(state, now));
};
