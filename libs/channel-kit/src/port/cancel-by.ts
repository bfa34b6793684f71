import type { ChannelPort } from './channel-port.js';
import type { Answer, Trouble } from './trouble.js';

/** How an order is cancelled in a shop. */
export type Cancellation<Found> = {
  /** Whether the shop could have an order of this id. */
  readonly isId: (id: string) => boolean;
  /** The order as it is; undefined: the shop has none, or none of this channel. */
  readonly look: (id: string, signal: AbortSignal) => Promise<Answer<Found | undefined>>;
  readonly isCancelled: (found: Found) => boolean;
  readonly enter: (found: Found, id: string, signal: AbortSignal) => Promise<Answer<unknown>>;
};

const missing: Trouble = {
  kind: 'refused',
  code: 'order_missing',
  detail: 'The shop has no such order any more, or it is none of this channel.',
};

/** Cancels an order. It is looked at first: one that is gone is told apart, and one that is cancelled is left alone. */
export const cancelBy =
  <Found>({ isId, look, isCancelled, enter }: Cancellation<Found>): ChannelPort<never>['cancel'] =>
  async (id, signal) => {
    const found: Answer<Found | undefined> = isId(id) ? await look(id, signal) : { kind: 'answered', value: undefined };
    if (found.kind === 'trouble') return found;
    if (found.value === undefined) return { kind: 'trouble', trouble: missing };
    const entered = isCancelled(found.value) ? undefined : await enter(found.value, id, signal);
    return entered?.kind === 'trouble' ? entered : { kind: 'answered', value: undefined };
  };
