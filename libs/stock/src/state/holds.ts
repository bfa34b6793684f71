import type { Instant, PersistentMap } from '#event-sourcing';
import type { StockEvent } from '../events.js';
import type { Held } from '../standing.js';
import { expiryKeyOf } from '../keys.js';

/** Open reservations by key, and the same in the order of their deadlines. */
export type Holds = { readonly holds: PersistentMap<Held>; readonly expiries: PersistentMap<string> };

/** Holds after an event; the very same where it says nothing of one. */
export const holdsAfter = (before: Holds, { data }: StockEvent): Holds => {
  const said = 'reservation' in data ? data : 'consumed' in data ? data.consumed : undefined;
  return said === undefined ? before : withHold(before, said.reservation, said.held);
};

/** The reservation stands like this now; undefined: it is gone. */
const withHold = ({ holds, expiries }: Holds, reservation: string, held: Held | undefined): Holds => {
  const before = holds.get(reservation);
  if (before?.expiresAt === held?.expiresAt)
    return held === undefined ? { holds, expiries } : { holds: holds.with(reservation, held), expiries };
  const rest = before ? expiries.without(expiryKeyOf(before.expiresAt, reservation)) : expiries;
  if (held === undefined) return { holds: holds.without(reservation), expiries: rest };
  return {
    holds: holds.with(reservation, held),
    expiries: rest.with(expiryKeyOf(held.expiresAt, reservation), reservation),
  };
};

/** From its deadline on a hold counts for nothing, whether or not an event has said so yet. */
export const isExpired = (held: Held, now: Instant): boolean => held.expiresAt <= now;

export const openHold = (state: Holds, reservation: string, now: Instant): Held | undefined => {
  const held = state.holds.get(reservation);
  return held && !isExpired(held, now) ? held : undefined;
};

/** The instant stands at the beginning of the key. */
const isDue = (expiryKey: string, now: Instant): boolean => expiryKey < now || expiryKey.startsWith(now);

/** Asked with every command, and mostly answered no. */
export const hasExpired = ({ expiries }: Holds, now: Instant): boolean => {
  const first = expiries.firstKey();
  return first !== undefined && isDue(first, now);
};

/** Expired holds, the oldest deadline first. */
export function* expiredHolds(state: Holds, now: Instant): IterableIterator<readonly [string, Held]> {
  for (const [key, reservation] of state.expiries.entries()) {
    if (!isDue(key, now)) return;
    const held = state.holds.get(reservation);
    if (held) yield [reservation, held];
  }
}

/** The first deadline after `now`. */
export const nextExpiryOf = (state: Holds, now: Instant): Instant | undefined => {
  const first = state.expiries.firstKey();
  if (first === undefined || !isDue(first, now)) return first?.slice(0, now.length);
  for (const key of state.expiries.keys(`${now}}`)) return key.slice(0, now.length);
  return undefined;
};
