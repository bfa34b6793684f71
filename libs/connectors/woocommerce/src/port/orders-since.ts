import { type ChannelPort, type FeedSource, ordersSinceBy, sourceByTime } from '#channel-kit';
import { type OrderList, readChanges, readLatest } from '../rest/index.js';
import { type PortContext } from './context.js';
import { type WooCommerceOrder } from './order.js';
import { answerOf } from './trouble.js';

/** An order is written some time after the second that it bears. Dates are in UTC: no clock is set back by an hour. */
const overlapSeconds = 300;

const sourceOf = ({ client, now }: PortContext, name: string, list: OrderList): FeedSource =>
  sourceByTime({
    name,
    now,
    overlapSeconds: () => Promise.resolve(overlapSeconds),
    changedAfter: async (seconds, signal) => answerOf(await readChanges(client, list, seconds, signal)),
    latest: async (signal) => answerOf(await readLatest(client, list, signal)),
  });

/**
 * What changed since: every change of an order moves its date, also a refund's; what is thrown away leaves the list of all
 * orders and stands in one of its own. An order that is deleted for good leaves no trace: open orders are read again for that.
 */
export const ordersSinceOf = (context: PortContext): ChannelPort<WooCommerceOrder>['ordersSince'] =>
  ordersSinceBy([sourceOf(context, 'orders', 'any'), sourceOf(context, 'trash', 'trash')]);
