import type { ChannelPort } from './channel-port.js';
import type { Answer, Trouble } from './trouble.js';

/** How an order is cancelled in a shop. */
export type Cancellation<Found> = {
  /** Whether the shop could have an order of this id. */
  readonly isId: (id: string) => boolean;
  /** The order as it is; undefined: the shop has none, or none of this channel. */
  readonly look: (id: string, signal: AbortSignal) => Promise<Answer<Found | undefined>>;
  readonly isCancelled: (found: Found) => boolean;
  /** Asks for it; the order as the shop shows it then, where it does. */
  readonly enter: (found: Found, id: string, signal: AbortSignal) => Promise<Answer<Found | undefined>>;
};

const missing: Trouble = {
  kind: 'refused',
  code: 'order_missing',
  detail: 'The shop has no such order any more, or it is none of this channel.',
};

const unconfirmed: Trouble = {
  kind: 'unknown_outcome',
  code: 'not_confirmed',
  detail: 'The shop does not say that it cancelled.',
};

/** Cancels an order. It is looked at first: one that is gone is told apart, and one that is cancelled is left alone. */
export const cancelBy =
  <Found>({ isId, look, isCancelled, enter }: Cancellation<Found>): ChannelPort<never>['cancel'] =>
  async (id, signal) => {
    const found: Answer<Found | undefined> = isId(id) ? await look(id, signal) : { kind: 'answered', value: undefined };
    if (found.kind === 'trouble') return found;
    if (found.value === undefined) return { kind: 'trouble', trouble: missing };
    const entered = isCancelled(found.value) ? found : await enter(found.value, id, signal);
    if (entered.kind === 'trouble') return entered;
    const isShown = entered.value === undefined || isCancelled(entered.value);
    return isShown ? { kind: 'answered', value: undefined } : { kind: 'trouble', trouble: unconfirmed };
  };
