import { type ChannelPort, type Trouble } from '#channel-kit';
import { cancelOrder, readOrder } from '../rest/index.js';
import { type PortContext } from './context.js';
import { isGone, isId } from './ids.js';
import { type WooCommerceOrder } from './order.js';
import { answered, troubled, troubledBy, troubleOf } from './trouble.js';

const missing: Trouble = { kind: 'refused', code: 'order_missing', detail: 'The shop has no such order any more.' };

const isCancelled = (order: unknown): boolean =>
  typeof order === 'object' && order !== null && 'status' in order && order.status === 'cancelled';

/** Calls an order cancelled, so that the shop gives back what it has taken. It is looked at first: one that is gone is told apart. */
export const cancelOf =
  ({ client }: PortContext): ChannelPort<WooCommerceOrder>['cancel'] =>
  async (id, signal) => {
    if (!isId(id)) return troubled(missing);
    const order = await readOrder(client, id, signal);
    if (order.kind === 'failed') return isGone(order.failure) ? troubled(missing) : troubledBy(order.failure);
    if (isCancelled(order.value.order)) return answered(undefined);
    const cancelled = await cancelOrder(client, id, signal);
    if (cancelled.kind === 'failed') return troubled(troubleOf(cancelled.failure));
    return isCancelled(cancelled.value)
      ? answered(undefined)
      : troubled({
          kind: 'unknown_outcome',
          code: 'not_confirmed',
          detail: 'The shop does not say that it cancelled.',
        });
  };
