import type { Availability } from '#atp';
import type { Held } from '../standing.js';
import { balancesAt, type BalancesByLocation } from '../state/balances.js';

type HeldPart = Held['parts'][number];

/**
 * Which units a hold takes, out of what its channel may promise: its fenced units first, then sellable ones, location by
 * location as `availability` splits its atp. Takes `quantity` units, or what there is of them: the rest of atp is incoming.
 */
export const sourceHold = (
  balances: BalancesByLocation,
  { channel, byLocation }: Availability,
  quantity: number,
): readonly HeldPart[] => {
  // Where nothing may be promised nothing is taken, out of the fence neither.
  const places = byLocation.map(({ location, quantity, incoming = 0 }) => {
    const promisable = quantity - incoming;
    const fenced = Math.min(promisable, Math.max(0, balancesAt(balances, location).fenced[channel] ?? 0));
    return { location, fenced, sellable: promisable - fenced };
  });
  const sources: readonly HeldPart[] = [
    ...places.map(({ location, fenced }) => ({ location, from: `fenced:${channel}` as const, quantity: fenced })),
    ...places.map(({ location, sellable }) => ({ location, from: 'sellable' as const, quantity: sellable })),
  ];
  const taken: HeldPart[] = [];
  let open = quantity;
  for (const source of sources) {
    const units = Math.min(open, source.quantity);
    if (units > 0) taken.push({ ...source, quantity: units });
    open -= units;
  }
  return taken;
};
