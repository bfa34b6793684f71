import type { Held } from '../standing.js';
import { unsourcedOf, type Part } from '../parts.js';
import { sumOf } from '../places.js';
import { balancesAt, type BalancesByLocation } from '../state/balances.js';

type OrderNeed = {
  readonly quantity: number;
  readonly channel: string;
  /** Those of the channel that are open, in its order. */
  readonly locations: readonly string[];
  /** Where the channel would like it to come from: an open location, its own or not. */
  readonly hint?: string;
  /** The hold of the order's cart. */
  readonly held?: Held;
};

type Source = { readonly location: string; readonly from: Part['from']; readonly units: number };

const take = (sources: readonly Source[], quantity: number): readonly Part[] => {
  const parts: Part[] = [];
  let open = quantity;
  for (const { location, from, units } of sources) {
    const taken = Math.min(open, units);
    if (taken > 0) parts.push({ location, from, to: 'committed', quantity: taken });
    open -= taken;
  }
  return parts;
};

const reservedSources = ({ held, hint }: OrderNeed): readonly Source[] =>
  [...(held?.parts ?? [])]
    .sort((a, b) => Number(b.location === hint) - Number(a.location === hint))
    .map(({ location, quantity }) => ({ location, from: 'reserved', units: quantity }));

const fencedSources = (balances: BalancesByLocation, { channel, locations }: OrderNeed): readonly Source[] =>
  locations.map((location) => ({
    location,
    from: `fenced:${channel}`,
    units: balancesAt(balances, location).fenced[channel] ?? 0,
  }));

const sellableSource = (balances: BalancesByLocation, location: string): Source => ({
  location,
  from: 'sellable',
  units: Math.max(0, balancesAt(balances, location).sellable),
});

/** The hinted location if it covers all of it, else the channel's locations in their order. */
const sellableSources = (balances: BalancesByLocation, need: OrderNeed, quantity: number): readonly Source[] => {
  const hinted = need.hint === undefined ? undefined : sellableSource(balances, need.hint);
  if (hinted && hinted.units >= quantity) return [hinted];
  return need.locations.map((location) => sellableSource(balances, location));
};

/**
 * Which units cover what an order needs: the cart's own hold, then what is fenced for the channel, then what is sellable.
 * No location goes below 0; what none covers is owed: it stands at `unsourced:<channel>` as negative sellable.
 */
export const sourceOrder = (balances: BalancesByLocation, need: OrderNeed): readonly Part[] => {
  const kept = take([...reservedSources(need), ...fencedSources(balances, need)], need.quantity);
  const open = need.quantity - sumOf(kept);
  if (open === 0) return kept;
  const sold = take(sellableSources(balances, need, open), open);
  const owed = open - sumOf(sold);
  const location = unsourcedOf(need.channel);
  return [...kept, ...sold, ...take([{ location, from: 'sellable', units: owed }], owed)];
};
