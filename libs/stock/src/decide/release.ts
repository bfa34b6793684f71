import type { ReleaseReservation } from '../commands.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { endExpired, noted, onCart, releasedTo } from './reservation.js';

/** A cart gives back all that it holds; one that holds nothing has nothing to give. */
export const release = (command: ReleaseReservation, draft: Draft): StockDecision =>
  onCart(command, draft, (cart) => {
    rideExpired(draft);
    endExpired(draft, cart.reservation);
    draft.emit(cart.held ? releasedTo(draft, cart, cart.held, 0, { reason: 'released' }) : noted(draft, command));
    return conclude(draft);
  });
