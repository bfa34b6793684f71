import { refused } from '#event-sourcing';
import type { UndoReservation } from '../commands.js';
import type { ReservationReleased } from '../events.js';
import type { Held } from '../standing.js';
import { conclude, type StockDecision } from './conclude.js';
import { promisable } from './decided-on.js';
import type { Draft } from './draft.js';
import { prepared, rideExpired } from './expired.js';
import { checkQuantity } from './form.js';
import { endExpired, onCart, releasedTo, type Cart } from './reservation.js';
import { takeMore } from './reserve.js';

/** The hold was smaller before: takes again what can still be had. */
const restore = (draft: Draft, cart: Cart, { quantity, expiresAt }: UndoReservation): boolean => {
  const more = quantity - (cart.held?.quantity ?? 0);
  const answer = promisable(draft, cart.channel);
  const available = Math.min(more, answer.atp);
  if (more <= 0 || available === 0 || expiresAt === undefined || expiresAt <= draft.now) return true;
  return takeMore(draft, cart, { quantity, expiresAt }, answer, available);
};

const undone = (draft: Draft, cart: Cart, held: Held | undefined, command: UndoReservation): ReservationReleased => {
  const { undoes, quantity, expiresAt } = command;
  const reason = 'undone';
  if (held)
    return releasedTo(draft, cart, held, Math.min(quantity, held.quantity), {
      reason,
      undoes,
      ...(expiresAt !== undefined && { expiresAt }),
    });
  const { reservation, channel } = cart;
  const data = { parts: [], reservation, channel: channel.channel, reason, undoes } as const;
  return { type: 'ReservationReleased', data, occurredAt: draft.now };
};

/**
 * Sets a cart's hold back to what it was before a command of the same cart, because another line of it was refused.
 * What cannot be had again is left out. The event names the undone command: its id is decided anew.
 */
export const undo = (command: UndoReservation, draft: Draft): StockDecision => {
  const malformed = checkQuantity(command.quantity);
  if (malformed) return refused(malformed);
  return onCart(command, draft, (cart) => {
    rideExpired(draft);
    endExpired(draft, cart.reservation);
    if (!restore(draft, cart, command)) return prepared(draft);
    draft.emit(undone(draft, cart, draft.state().holds.get(cart.reservation), command));
    return conclude(draft);
  });
};
