import type { Part } from '../parts.js';
import { balancesAt } from '../state/balances.js';
import type { Draft } from './draft.js';
import { openLocationsOf } from './line-work.js';

/** Units that a channel's order lines may be served from: kept for the channel at a place, or free there. */
export type FreeUnits = { readonly location: string; readonly from: Part['from']; readonly quantity: number };

/** What is free for a channel as the decision stands: its own quota's units first, then the pool, in its order of places. */
export const freeFor = (draft: Draft, channel: string): readonly FreeUnits[] => {
  const { balances } = draft.state();
  const locations = openLocationsOf(draft, channel);
  const units = (from: FreeUnits['from'], quantityAt: (location: string) => number): readonly FreeUnits[] =>
    locations.flatMap((location) => {
      const quantity = quantityAt(location);
      return quantity > 0 ? [{ location, from, quantity }] : [];
    });
  return [
    ...units(`fenced:${channel}`, (location) => balancesAt(balances, location).fenced[channel] ?? 0),
    ...units('sellable', (location) => balancesAt(balances, location).sellable),
  ];
};
