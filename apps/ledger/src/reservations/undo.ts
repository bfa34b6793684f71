import { plus, type Instant, type RecordedEvent, type Revision } from '#event-sourcing';
import type { Part, ReservationReleased, StockReserved, UndoReservation } from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import { isTransient, pauseOf } from '../failure.js';
import type { CartName } from './cart.js';
import { skuCommandId, type CartDeskDeps } from './cart-desk.js';

/** An undo has its own time: it must not fail because the request that needs it has none left. */
const undoMillisMax = 10_000;
/** Tries before the hold is left to its expiry. */
const undoTriesMax = 5;

/** What a cart held of a SKU before this request touched it. */
export type Before = { readonly quantity: number; readonly expiresAt?: Instant };

const intoReserved = (parts: readonly Part[]): number =>
  parts.reduce(
    (sum, { from, to, quantity }) => sum + (to === 'reserved' ? quantity : 0) - (from === 'reserved' ? quantity : 0),
    0,
  );

type OfHold = StockReserved['data'] | ReservationReleased['data'];

/** What these events have added to the cart's hold. Ending it by expiry is no work of the command: it held nothing. */
const addedBy = (events: readonly RecordedEvent[], reservation: string): number => {
  let added = 0;
  for (const { type, data } of events) {
    if (type !== 'StockReserved' && type !== 'ReservationReleased') continue;
    const change = data as OfHold;
    if (change.reservation !== reservation || ('reason' in change && change.reason === 'expired')) continue;
    added += intoReserved(change.parts);
  }
  return added;
};

const quantityAfter = (events: readonly RecordedEvent[], reservation: string): number => {
  const last = events.findLast(
    ({ type, data }) =>
      (type === 'StockReserved' || type === 'ReservationReleased') && (data as OfHold).reservation === reservation,
  );
  return (last?.data as OfHold | undefined)?.held?.quantity ?? 0;
};

/**
 * What the cart held before the events of a reservation, from the events alone: an earlier try of the same command, cut
 * short by a crash, has left its hold in the state already, but its events say what it added.
 */
export const quantityBefore = (events: readonly RecordedEvent[], reservation: string): number =>
  quantityAfter(events, reservation) - addedBy(events, reservation);

/** One reservation to take back. `revision` tells the tries of one command id apart, each with its own undo. */
export type Undoing = { readonly sku: string; readonly before: Before; readonly revision: Revision };

/** Sets one SKU's hold back. A hold that cannot be set back for long ends by its expiry. */
export const undoReservation = async <State>(
  deps: CartDeskDeps<State>,
  name: CartName,
  { sku, before, revision }: Undoing,
  caller: Caller,
): Promise<void> => {
  const undoes = skuCommandId(caller.commandId, sku);
  const { connection, channel, cart } = name;
  const command: UndoReservation = { kind: 'undo', connection, channel, cart, undoes, ...before };
  for (let tries = 0; tries < undoTriesMax; tries += 1) {
    const own = {
      stream: deps.stockStream(sku),
      command,
      commandId: `${undoes}/undo@${revision}`,
      guard: 'id' as const,
      deadline: plus(deps.clock.now(), undoMillisMax),
    };
    const outcome = await deps.stock.execute(envelopeOf(caller, own));
    if (!isTransient(outcome)) return;
    await deps.clock.sleep(pauseOf(outcome));
  }
};
