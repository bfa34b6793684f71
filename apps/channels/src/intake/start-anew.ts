import { findFeed, forgetRows, knownOrders, saveFeed } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { deliver } from './deliver.js';
import { readOrders } from './read-orders.js';
import { takeIn } from './take-in.js';

const pageOrders = 50;

/**
 * The shop is older than it was: somebody has restored it. Every order that we know is read again: what the shop does not
 * have any more has vanished, what has another order's content is another order. The feed goes on from where the shop is now.
 * @returns how many orders were read; undefined: the shop did not answer for all of them, and it has to be done again
 */
export const startAnew = async (work: ChannelWork): Promise<number | undefined> => {
  const { pool, now, port, signal } = work;
  const { channel } = work.channel;
  const feed = await findFeed(pool, channel);
  if (feed === undefined) return 0;
  // Before the orders are read: what is ordered meanwhile is found by the feed.
  const beginning = await port.ordersSince(undefined, signal);
  if (beginning.kind === 'trouble') return undefined;
  let read = 0;
  for (let after = ''; !work.signal.aborted;) {
    const ids = await knownOrders(pool, channel, after, pageOrders);
    if (ids.length === 0) break;
    const orders = await readOrders(work, ids);
    if (orders.failed.length > 0) return undefined;
    // What these orders did to the rows cannot be told: the rows are those of the backup.
    await takeIn(work, orders, { ...feed, wholeAt: now() });
    read += ids.length;
    after = ids.at(-1) as string;
  }
  await deliver(work);
  await forgetRows(pool, channel, now());
  await saveFeed(pool, channel, { ...feed, cursors: beginning.value.cursors, wholeAt: now() });
  return work.signal.aborted ? undefined : read;
};
