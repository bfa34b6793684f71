import type { ChannelPort } from './channel-port.js';
import type { Answer } from './trouble.js';

/** Goes on with what was found. What is not there stays so, and trouble stays trouble. */
export const withFound = async <Found, Next>(
  answer: Answer<Found | undefined>,
  next: (found: Found) => Promise<Answer<Next | undefined>>,
): Promise<Answer<Next | undefined>> => {
  if (answer.kind === 'trouble') return answer;
  return answer.value === undefined ? { kind: 'answered', value: undefined } : next(answer.value);
};

/** How an order is read in a shop. */
export type OrderReader<Raw, Order> = {
  /** Whether the shop could have an order of this id. */
  readonly isId: (id: string) => boolean;
  /** What the shop shows of it; undefined: it does not have it. */
  readonly look: (id: string, signal: AbortSignal) => Promise<Answer<Raw | undefined>>;
  /** The order, with all that belongs to it; undefined: it is none of this channel. */
  readonly whole: (raw: Raw, signal: AbortSignal) => Promise<Answer<Order | undefined>>;
};

/** Reads an order whole, in as many steps as the shop makes of it. */
export const orderBy =
  <Raw, Order>({ isId, look, whole }: OrderReader<Raw, Order>): ChannelPort<Order>['order'] =>
  async (id, signal) => {
    const raw: Answer<Raw | undefined> = isId(id) ? await look(id, signal) : { kind: 'answered', value: undefined };
    return withFound(raw, (found) => whole(found, signal));
  };
