import { cancelBy, type Trouble } from '#channel-kit';
import { answered, troubled } from '#shop-http';
import { foundOf, troubleOf } from '../rest/failure.js';
import { isId, type PortContext, type WooCommercePort } from './context.js';

const isCancelled = (order: unknown): boolean =>
  typeof order === 'object' && order !== null && 'status' in order && order.status === 'cancelled';

const unconfirmed: Trouble = {
  ...{ kind: 'unknown_outcome', code: 'not_confirmed' },
  detail: 'The shop does not say that it cancelled.',
};

/** Calls an order cancelled, without a mail or a payment, so that the shop gives back what it has taken. */
export const cancelOf = ({ client }: PortContext): WooCommercePort['cancel'] =>
  cancelBy({
    isId,
    look: async (id, signal) => foundOf(await client.send({ method: 'GET', resource: `orders/${id}` }, signal)),
    isCancelled,
    enter: async (_, id, signal) => {
      const json = { status: 'cancelled' };
      const entered = await client.send({ method: 'PUT', resource: `orders/${id}`, json }, signal);
      if (entered.kind === 'failed') return troubled(troubleOf(entered.failure));
      return isCancelled(entered.value) ? answered(undefined) : troubled(unconfirmed);
    },
  });
