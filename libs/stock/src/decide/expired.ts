import type { Decision } from '#event-sourcing';
import { expiredExtraMax, expiredNeededMax } from '../bounds.js';
import type { ReservationReleased, StockEvent } from '../events.js';
import type { Held } from '../standing.js';
import { channelOfReservation } from '../keys.js';
import type { Part } from '../parts.js';
import { balancesAt } from '../state/balances.js';
import { expiredHolds, hasExpired } from '../state/holds.js';
import type { StockState } from '../state/state.js';
import { givenBack } from '../state/supply.js';
import type { Draft } from './draft.js';

/** It ended at its deadline, whenever an event gets to say so. */
export const expiredRelease = (draft: Draft, reservation: string, held: Held): ReservationReleased => ({
  type: 'ReservationReleased',
  data: {
    parts: givenBack(held.parts, draft.state()),
    reservation,
    channel: channelOfReservation(reservation),
    reason: 'expired',
  },
  occurredAt: held.expiresAt,
});

/** Ends the oldest expired holds, a bounded number of them. */
export const releaseExpired = (draft: Draft): void => {
  let released = 0;
  for (const [reservation, held] of expiredHolds(draft.before, draft.now)) {
    if (released === expiredNeededMax) break;
    draft.emit(expiredRelease(draft, reservation, held));
    released += 1;
  }
};

const placeOf = (location: string, bucket: string): string => `${location}|${bucket}`;

/** How much is taken out of each place; a decision may take twice from one. */
const takenFrom = (takes: readonly Part[]): Map<string, Part> => {
  const sums = new Map<string, Part>();
  for (const take of takes) {
    if (take.from === 'reserved' || take.location.startsWith('unsourced:')) continue;
    const place = placeOf(take.location, take.from);
    sums.set(place, { ...take, quantity: take.quantity + (sums.get(place)?.quantity ?? 0) });
  }
  return sums;
};

/** What these takes lack while the expired holds still stand in the balances, by place. */
const shortagesOf = (state: StockState, takes: readonly Part[]): Map<string, number> => {
  const shortages = new Map<string, number>();
  for (const [place, { location, from, quantity }] of takenFrom(takes)) {
    const balances = balancesAt(state.balances, location);
    const there = from === 'sellable' ? balances.sellable : (balances.fenced[from.slice('fenced:'.length)] ?? 0);
    const lack = quantity - Math.max(0, there);
    if (lack > 0) shortages.set(place, lack);
  }
  return shortages;
};

const cover = (shortages: Map<string, number>, parts: readonly Part[]): void => {
  for (const { location, to, quantity } of parts) {
    const place = placeOf(location, to);
    const lack = (shortages.get(place) ?? 0) - quantity;
    if (lack > 0) shortages.set(place, lack);
    else shortages.delete(place);
  }
};

const isExpiry = (event: StockEvent): boolean =>
  event.type === 'ReservationReleased' && event.data.reason === 'expired';

/**
 * Ends the expired holds that stand in the way of `takes` (sellable or fenced units), the oldest first, and some more:
 * whoever appends clears the way a little. False: more of them are needed than one append carries.
 */
export const rideExpired = (draft: Draft, takes: readonly Part[] = []): boolean => {
  if (!hasExpired(draft.state(), draft.now)) return true;
  const shortages = shortagesOf(draft.state(), takes);
  let released = draft.events.filter(isExpiry).length;
  const extraUntil = Math.max(expiredExtraMax, released);
  for (const [reservation, held] of expiredHolds(draft.state(), draft.now)) {
    if (shortages.size === 0 && released >= extraUntil) break;
    if (shortages.size > 0 && released >= expiredNeededMax) return false;
    const release = expiredRelease(draft, reservation, held);
    cover(shortages, release.data.parts);
    draft.emit(release);
    released += 1;
  }
  return true;
};

/** Asks for the oldest expired holds to be ended first, in an append of their own. */
export const prepared = (draft: Draft): Decision<StockEvent, never> => {
  const fresh = draft.afresh();
  releaseExpired(fresh);
  return { kind: 'prepared', events: fresh.events };
};
