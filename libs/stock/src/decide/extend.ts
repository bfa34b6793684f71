import { laterOf, refused } from '#event-sourcing';
import type { ExtendReservation } from '../commands.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { deadlineOf, noted, onCart } from './reservation.js';

/** A later deadline for what a cart holds; never an earlier one. */
export const extend = (command: ExtendReservation, draft: Draft): StockDecision =>
  onCart(command, draft, ({ reservation, channel, held }) => {
    if (!held) return refused({ code: 'reservation_not_found', reservation });
    rideExpired(draft);
    const expiresAt = laterOf(held.expiresAt, deadlineOf(draft, channel, command.ttlMillis));
    if (expiresAt === held.expiresAt) draft.emit(noted(draft, command));
    else
      draft.emit({
        type: 'ReservationExtended',
        data: { parts: [], reservation, channel: channel.channel, held: { ...held, expiresAt } },
        occurredAt: draft.now,
      });
    return conclude(draft);
  });
