import { findFeed, findOrders, noteCancelAsked, unpaidOrders } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { readOrders } from './read-orders.js';
import { takeIn } from './take-in.js';

const ordersMax = 20;
const checkedAfterMillis = 2_000;

/**
 * Asks the shop to cancel orders that nobody has paid in time. The ledger releases nothing by its own clock: what the shop says
 * afterwards does. Each is read before, and twice after, so that money that came meanwhile is seen.
 * @returns whether it was asked for anything: then its rows have moved, and what the feed told before says nothing of it
 */
export const reviewUnpaid = async (work: ChannelWork): Promise<boolean> => {
  const { pool, port, now, signal, log } = work;
  const { channel } = work.channel;
  const ids = await unpaidOrders(pool, channel, now(), ordersMax);
  const feed = await findFeed(pool, channel);
  if (ids.length === 0 || feed === undefined) return false;
  let asked = false;
  await takeIn(work, await readOrders(work, ids), feed);
  const orders = await findOrders(pool, channel, ids);
  for (const { id, orderKey, reviewAt } of orders.values()) {
    if (reviewAt === undefined || reviewAt > now()) continue;
    const at = now();
    asked = true;
    await noteCancelAsked(pool, channel, orderKey, at, at + checkedAfterMillis);
    const answer = await port.cancel(id, signal);
    const isDone = answer.kind === 'answered';
    await log.write([
      {
        ...{ channel, direction: 'out', operation: 'cancel_order', resource: 'order', externalId: id, run: undefined },
        ...{
          sourceChange: orderKey,
          outcome: isDone ? 'done' : 'unknown',
          code: isDone ? 'asked' : answer.trouble.code,
        },
        ...{ millis: now() - at, at, payload: undefined },
      },
    ]);
  }
  return asked;
};
