import type { Committed, Held, LineStanding } from '../standing.js';
import { sentWithin } from '../lines.js';
import type { Part } from '../parts.js';
import { minusAll, nowhere, plusAll, plusAt, quantityAt } from '../places.js';
import { lessHeldAt } from '../sourcing/held-parts.js';

const isFence = (from: string): boolean => from.startsWith('fenced:');

const fencedIn = (parts: readonly { readonly location: string; readonly from: string; readonly quantity: number }[]) =>
  parts
    .filter(({ from }) => isFence(from))
    .reduce((places, { location, quantity }) => plusAt(places, location, quantity), nowhere);

/** Of the units that an order takes those of its channel's quota: out of the fence, or out of a hold that had them from there. */
export const takenOfQuota = (taken: readonly Part[], held: Held | undefined): readonly Committed[] => {
  const direct = fencedIn(taken);
  if (!held) return direct;
  const left = taken
    .filter(({ from }) => from === 'reserved')
    .reduce((rest, part) => lessHeldAt(rest, part.location, part.quantity), held.parts);
  return plusAll(direct, minusAll(fencedIn(held.parts), fencedIn(left)));
};

/** At most what is committed came out of the quota, place by place: it was taken first, so it goes last. */
export const ofQuotaWithin = ({ ofQuota }: LineStanding, committed: readonly Committed[]): readonly Committed[] =>
  ofQuota === undefined ? nowhere : sentWithin(ofQuota, committed);

/**
 * Units that a line gives up, so that `committed` is left, go back to the channel's quota as far as they came from there,
 * and else to the pool.
 */
export const givenUpParts = (
  line: LineStanding,
  channel: string,
  given: readonly Committed[],
  committed: readonly Committed[],
): readonly Part[] => {
  const stays = ofQuotaWithin(line, committed);
  return given.flatMap(({ location, quantity }) => {
    const back = Math.min(quantity, quantityAt(line.ofQuota ?? nowhere, location) - quantityAt(stays, location));
    const parts: readonly Part[] = [
      { location, from: 'committed', to: `fenced:${channel}`, quantity: back },
      { location, from: 'committed', to: 'sellable', quantity: quantity - back },
    ];
    return parts.filter((part) => part.quantity > 0);
  });
};
