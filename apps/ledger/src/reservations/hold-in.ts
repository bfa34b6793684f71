import type { Instant } from '#event-sourcing';
import { isExpired, reservationKeyOf, type Held, type StockState } from '#stock';

/** A cart's hold in a SKU's state; an expired one is none. */
export const holdIn = (state: StockState, channel: string, cart: string, now: Instant): Held | undefined => {
  const held = state.holds.get(reservationKeyOf(channel, cart));
  return held === undefined || isExpired(held, now) ? undefined : held;
};
