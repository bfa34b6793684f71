import type { LocationShare, Promisable } from '#atp';
import type { Held } from '../standing.js';
import { balancesAt, type BalancesByLocation } from '../state/balances.js';

type HeldPart = Held['parts'][number];

/** What may be promised of a location and is there already. */
const thereAt = ({ quantity, incoming = 0 }: LocationShare): number => quantity - incoming;

/** Where nothing may be promised nothing is taken, out of the fence neither. */
const fencedOf = (balances: BalancesByLocation, channel: string, place: LocationShare): number =>
  Math.min(thereAt(place), Math.max(0, balancesAt(balances, place.location).fenced[channel] ?? 0));

/**
 * Which units a hold takes, out of what its channel may promise: its fenced units first, then sellable ones, location by
 * location as `availability` splits its atp. Takes `quantity` units, or what there is of them: the rest of atp is incoming.
 */
export const sourceHold = (
  balances: BalancesByLocation,
  { channel, byLocation }: Promisable,
  quantity: number,
): readonly HeldPart[] => {
  const taken: HeldPart[] = [];
  let open = quantity;
  const take = (location: string, from: HeldPart['from'], units: number): void => {
    const some = Math.min(open, units);
    if (some <= 0) return;
    taken.push({ location, from, quantity: some });
    open -= some;
  };
  for (const place of byLocation) take(place.location, `fenced:${channel}`, fencedOf(balances, channel, place));
  for (const place of byLocation) take(place.location, 'sellable', thereAt(place) - fencedOf(balances, channel, place));
  return taken;
};
