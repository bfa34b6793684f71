import type { Trouble } from '#channel-kit';
import { drawTickets } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import type { ReadOrder } from './note-order.js';

/** What became of the wish to read some orders. */
export type OrdersRead = {
  readonly read: readonly ReadOrder[];
  /** The shop does not have them. */
  readonly gone: readonly string[];
  readonly failed: readonly { readonly id: string; readonly trouble: Trouble }[];
};

/** Orders that are read at the same time: a shop has some ten processes, and shoppers. */
const atOnceMax = 4;

type One = ReadOrder | { readonly id: string; readonly trouble: Trouble } | { readonly id: string };

/** Each whole, in the shop's own order. */
export const readOrders = async (work: ChannelWork, ids: readonly string[]): Promise<OrdersRead> => {
  const all: One[] = [];
  for (let begin = 0; begin < ids.length; begin += atOnceMax) {
    const piece = ids.slice(begin, begin + atOnceMax);
    const tickets = await drawTickets(work.pool, piece.length);
    all.push(...(await Promise.all(piece.map((id, nth) => readOne(work, id, tickets[nth] as number)))));
  }
  return {
    read: all.filter((one): one is ReadOrder => 'order' in one),
    failed: all.flatMap((one) => ('trouble' in one ? [one] : [])),
    gone: all.flatMap((one) => ('order' in one || 'trouble' in one ? [] : [one.id])),
  };
};

const readOne = async ({ port, now, signal }: ChannelWork, id: string, ticket: number): Promise<One> => {
  const from = now();
  const answer = await port.order(id, signal);
  if (answer.kind === 'trouble') return { id, trouble: answer.trouble };
  return answer.value === undefined ? { id } : { id, ticket, from, to: now(), order: answer.value };
};
