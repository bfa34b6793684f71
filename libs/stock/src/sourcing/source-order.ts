import type { Held } from '../standing.js';
import { unsourcedOf, type Part } from '../parts.js';
import { balancesAt, type BalancesByLocation } from '../state/balances.js';

type OrderNeed = {
  readonly quantity: number;
  readonly channel: string;
  /** Those of the channel that are open, in its order. */
  readonly locations: readonly string[];
  /** Where the channel would like it to come from: an open location, its own or not. */
  readonly hint?: string | undefined;
  /** The hold of the order's cart. */
  readonly held?: Held | undefined;
};

/** The hinted location comes first. */
const hintedFirst = (parts: Held['parts'], hint: string | undefined): Held['parts'] =>
  hint === undefined || parts.length < 2
    ? parts
    : parts.toSorted((a, b) => Number(b.location === hint) - Number(a.location === hint));

const sellableAt = (balances: BalancesByLocation, location: string): number =>
  Math.max(0, balancesAt(balances, location).sellable);

/** The hinted location if it covers all of it, else the channel's locations in their order. */
const sellableFrom = (balances: BalancesByLocation, need: OrderNeed, quantity: number): readonly string[] =>
  need.hint !== undefined && sellableAt(balances, need.hint) >= quantity ? [need.hint] : need.locations;

/**
 * Which units cover what an order needs: the cart's own hold, then what is fenced for the channel, then what is sellable.
 * No location goes below 0; what none covers is owed: it stands at `unsourced:<channel>` as negative sellable.
 */
export const sourceOrder = (balances: BalancesByLocation, need: OrderNeed): readonly Part[] => {
  const { channel, locations, hint, held } = need;
  const parts: Part[] = [];
  let open = need.quantity;
  const take = (location: string, from: Part['from'], units: number): void => {
    const taken = Math.min(open, units);
    if (taken <= 0) return;
    parts.push({ location, from, to: 'committed', quantity: taken });
    open -= taken;
  };
  for (const { location, quantity } of held === undefined ? [] : hintedFirst(held.parts, hint))
    take(location, 'reserved', quantity);
  for (const location of locations) {
    const fenced = balancesAt(balances, location).fenced[channel] ?? 0;
    if (fenced > 0) take(location, `fenced:${channel}`, fenced);
  }
  for (const location of open === 0 ? [] : sellableFrom(balances, need, open))
    take(location, 'sellable', sellableAt(balances, location));
  if (open > 0) take(unsourcedOf(channel), 'sellable', open);
  return parts;
};
