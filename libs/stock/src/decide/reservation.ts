import { type Changing, plus, refused } from '#event-sourcing';
import type { ChannelPolicy } from '#atp';
import { ttlMillisMax } from '../bounds.js';
import type { ExtendReservation, ReleaseReservation, Reserve, SetQuota, UndoReservation } from '../commands.js';
import type { ReleaseReason, ReservationReleased, RequestNoted } from '../events.js';
import type { Held } from '../standing.js';
import { reservationKeyOf } from '../keys.js';
import { sumOf } from '../places.js';
import type { StockRefusal } from '../refusals.js';
import { heldWith, lessHeld } from '../sourcing/held-parts.js';
import { isExpired, openHold } from '../state/holds.js';
import { givenBack } from '../state/supply.js';
import { firstPromises, minusPromises } from './backorders.js';
import { checkChannel, checkSpeaker } from './authority.js';
import type { StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { expiredRelease } from './expired.js';
import { checkTtl } from './form.js';

type ReservationCommand = Reserve | ExtendReservation | ReleaseReservation | UndoReservation;

/** What a command on a cart's hold speaks of: its key, its channel, and the hold unless its time is over. */
export type Cart = {
  readonly reservation: string;
  readonly channel: ChannelPolicy;
  readonly held: Held | undefined;
};

const checkOpened = (draft: Draft): StockRefusal | undefined =>
  draft.before.opened ? undefined : { code: 'unknown_sku' };

/** The way of every command on a reservation: form, channel, who speaks, and whether the SKU is known. */
export const onCart = (
  command: ReservationCommand,
  draft: Draft,
  decide: (cart: Cart) => StockDecision,
): StockDecision => {
  const { policy } = draft;
  const refusal =
    ('ttlMillis' in command ? checkTtl(command.ttlMillis) : undefined) ??
    checkChannel(policy, command.channel) ??
    checkSpeaker(policy, command.connection, 'reservation', command.channel) ??
    checkOpened(draft);
  const channel = policy.channels.get(command.channel);
  if (refusal) return refused(refusal);
  if (!channel) return refused({ code: 'unknown_channel', channel: command.channel });
  const reservation = reservationKeyOf(command.channel, command.cart);
  return decide({ reservation, channel, held: openHold(draft.before, reservation, draft.now) });
};

/** Ends a hold of this very cart whose time is over, so that the next one starts from nothing. */
export const endExpired = (draft: Draft, reservation: string): void => {
  const held = draft.state().holds.get(reservation);
  if (held && isExpired(held, draft.now)) draft.emit(expiredRelease(draft, reservation, held));
};

/** The deadline of a hold from now on; never further away than the longest time there is. */
export const deadlineOf = (draft: Draft, channel: ChannelPolicy, ttlMillis: number | undefined): string =>
  plus(draft.now, Math.min(ttlMillis ?? channel.reservationTtlMillis, ttlMillisMax));

type Release = { readonly reason: ReleaseReason; readonly expiresAt?: string; readonly undoes?: string };

/** A hold goes down to `quantity`; at 0 it is gone. */
export const releasedTo = (
  draft: Draft,
  { reservation, channel }: Cart,
  held: Held,
  quantity: number,
  { reason, expiresAt = held.expiresAt, undoes }: Release,
): ReservationReleased => {
  const { incoming = [] } = held;
  const surplus = held.quantity - quantity;
  const dropped = firstPromises(incoming.toReversed(), surplus);
  const { left, gone } = lessHeld(held.parts, surplus - sumOf(dropped));
  const parts = givenBack(gone, draft.state());
  const data: Changing<ReservationReleased['data']> = { parts, reservation, channel: channel.channel, reason };
  if (quantity > 0)
    data.held = heldWith({ expiresAt, listing: held.listing }, quantity, left, minusPromises(incoming, dropped));
  if (undoes !== undefined) data.undoes = undoes;
  return { type: 'ReservationReleased', data, occurredAt: draft.now };
};

/** A request that changes nothing leaves its id all the same: it answers the same when it comes again. */
export const noted = (draft: Draft, command: ReservationCommand | SetQuota): RequestNoted => ({
  type: 'RequestNoted',
  data: { parts: [], request: command.kind, channel: command.channel },
  occurredAt: draft.now,
});
