import { refused } from '#event-sourcing';
import type { ChannelPolicy, IncomingSupply, Promisable } from '#atp';
import { openReservationsMax } from '../bounds.js';
import type { Reserve } from '../commands.js';
import type { Held } from '../standing.js';
import type { Part } from '../parts.js';
import { heldWith, moreHeld } from '../sourcing/held-parts.js';
import { sourceHold } from '../sourcing/source-hold.js';
import { sumOf } from '../places.js';
import { hasExpired } from '../state/holds.js';
import { standingBalances, supplyOf } from '../state/supply.js';
import { conclude, type StockDecision } from './conclude.js';
import { plusPromises, promisedFrom } from './backorders.js';
import { decidedOn, eligibleIncoming, promisable } from './decided-on.js';
import type { Draft } from './draft.js';
import { prepared, rideExpired } from './expired.js';
import { checkQuantity } from './form.js';
import { serveOversold } from './serve-oversold.js';
import { servePromises } from './serve-promises.js';
import { deadlineOf, endExpired, noted, onCart, releasedTo, type Cart } from './reservation.js';

const asTakes = (parts: Held['parts']): readonly Part[] =>
  parts.map(({ location, from, quantity }) => ({ location, from, to: 'reserved', quantity }));

type Wanted = {
  readonly quantity: number;
  readonly expiresAt: string;
  readonly listing?: string | undefined;
  readonly partial?: boolean | undefined;
};

const tooMany = (draft: Draft, cart: Cart): StockDecision | undefined =>
  cart.held === undefined && draft.before.holds.size >= openReservationsMax
    ? refused({ code: 'too_many_reservations', open: draft.before.holds.size, max: openReservationsMax })
    : undefined;

/**
 * A hold takes `more` units within what its channel may promise, and says what that was. Undefined: more expired holds
 * stand in the way than one append carries.
 */
export const takeMore = (draft: Draft, cart: Cart, wanted: Wanted, answer: Promisable, more: number): boolean => {
  const taken = sourceHold(standingBalances(draft.state(), draft.now), answer, more);
  const open = more - sumOf(taken);
  const promised = open > 0 ? promisedFrom(eligibleIncoming(draft, cart.channel), open) : [];
  const parts = asTakes(taken);
  if (!rideExpired(draft, parts)) return false;
  endExpired(draft, cart.reservation);
  const listing = wanted.listing ?? cart.held?.listing;
  const quantity = (cart.held?.quantity ?? 0) + more;
  draft.emit({
    type: 'StockReserved',
    data: {
      parts,
      reservation: cart.reservation,
      channel: cart.channel.channel,
      requested: wanted.quantity,
      held: heldWith(
        { expiresAt: wanted.expiresAt, listing },
        quantity,
        moreHeld(cart.held?.parts ?? [], taken),
        plusPromises(cart.held?.incoming ?? [], promised),
      ),
      decidedOn: decidedOn(draft, cart.channel, answer),
    },
    occurredAt: draft.now,
  });
  return true;
};

/** Units that somebody has ordered, but that may come at any time, are promised to nobody. */
const isUndated = ({ confirmed, eta }: IncomingSupply): boolean => confirmed && eta === undefined;

const lackOf = (draft: Draft, channel: ChannelPolicy): 'insufficient' | 'eta_unknown' => {
  if (channel.backorder === undefined || draft.before.openIncoming.size === 0) return 'insufficient';
  const { incoming = [] } = supplyOf(draft.state(), draft.now);
  const undated = incoming.some((line) => isUndated(line) && channel.locations.includes(line.location));
  return undated ? 'eta_unknown' : 'insufficient';
};

/** Units of expired holds go to those who were promised some before any cart may have them. */
const serveWaiting = (draft: Draft): void => {
  if (draft.before.promises.size === 0 || !hasExpired(draft.before, draft.now)) return;
  rideExpired(draft);
  if (serveOversold(draft)) servePromises(draft);
};

const increase = (draft: Draft, cart: Cart, wanted: Wanted): StockDecision => {
  const held = cart.held?.quantity ?? 0;
  serveWaiting(draft);
  const answer = promisable(draft, cart.channel);
  const { atp } = answer;
  const more = wanted.quantity - held;
  if (more > atp && (!wanted.partial || held + atp === 0))
    return refused({ code: lackOf(draft, cart.channel), requested: wanted.quantity, available: atp, held });
  return takeMore(draft, cart, wanted, answer, Math.min(more, atp)) ? conclude(draft) : prepared(draft);
};

const decrease = (draft: Draft, cart: Cart, held: Held, { quantity, expiresAt }: Wanted): StockDecision => {
  rideExpired(draft);
  draft.emit(releasedTo(draft, cart, held, quantity, { reason: 'released', expiresAt }));
  return conclude(draft);
};

const nothing = (command: Reserve, draft: Draft, cart: Cart): StockDecision => {
  rideExpired(draft);
  endExpired(draft, cart.reservation);
  draft.emit(noted(draft, command));
  return conclude(draft);
};

/** Sets what a cart holds. Refused with numbers when atp does not suffice; then the cart keeps the hold that it had. */
export const reserve = (command: Reserve, draft: Draft): StockDecision => {
  const malformed = checkQuantity(command.quantity);
  if (malformed) return refused(malformed);
  return onCart(command, draft, (cart) => {
    const { quantity, listing, partial } = command;
    const expiresAt = deadlineOf(draft, cart.channel, command.ttlMillis);
    const wanted: Wanted = { quantity, expiresAt, listing, partial };
    const held = cart.held;
    if (held ? quantity === held.quantity && expiresAt === held.expiresAt : quantity === 0)
      return nothing(command, draft, cart);
    if (held && quantity < held.quantity) return decrease(draft, cart, held, wanted);
    return tooMany(draft, cart) ?? increase(draft, cart, wanted);
  });
};
