import type { FeedReading, Trouble } from '#channel-kit';
import { findFeed, ordersAgain, saveFeed, type FeedState } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { deliver } from './deliver.js';
import { readOrders } from './read-orders.js';
import { takeIn } from './take-in.js';

/** What a turn of the feed came to. */
export type FeedTurn =
  | { readonly kind: 'whole'; readonly orders: number }
  /** Some sources or orders did not answer: their cursors stay. */
  | { readonly kind: 'partial'; readonly orders: number; readonly trouble: Trouble }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** The shop is older than it was. */
  | { readonly kind: 'went_back'; readonly source: string; readonly from: string; readonly to: string };

/** Orders that are read before their transaction: a long outage is taken in piece by piece. */
const pieceOrders = 50;
const againMax = 100;

/**
 * Reads what the shop did since, takes it in, and tells the ledger. The cursors move when everything that they stand behind
 * is stored: what failed comes again.
 */
export const readFeed = async (work: ChannelWork, hints: readonly string[]): Promise<FeedTurn> => {
  const { port, pool, now, signal } = work;
  const { channel } = work.channel;
  const from = now();
  const known = await findFeed(pool, channel);
  const answer = await port.ordersSince(known?.cursors, signal);
  if (answer.kind === 'trouble') return { kind: 'trouble', trouble: answer.trouble };
  const { wentBack } = answer.value;
  if (wentBack) return { kind: 'went_back', ...wentBack };
  const feed = known ?? { cursors: undefined, beganAt: from, wholeAt: from };
  const again = await ordersAgain(pool, channel, now(), againMax);
  const ids = [...new Set([...answer.value.orders, ...hints, ...again])];
  const failed = await takeInAll(work, ids, feed);
  return close(work, { from, feed, reading: answer.value, failed, orders: ids.length });
};

/** The first trouble with an order, where there was one. */
const takeInAll = async (work: ChannelWork, ids: readonly string[], feed: FeedState): Promise<Trouble | undefined> => {
  let trouble: Trouble | undefined;
  for (let begin = 0; begin < ids.length && !work.signal.aborted; begin += pieceOrders) {
    const orders = await readOrders(work, ids.slice(begin, begin + pieceOrders));
    await takeIn(work, orders, feed);
    trouble ??= orders.failed[0]?.trouble;
  }
  if (ids.length > 0) await deliver(work);
  return work.signal.aborted ? (trouble ?? stopping) : trouble;
};

const stopping: Trouble = { kind: 'busy', code: 'stopping', detail: 'The worker is stopping.' };

type Closing = {
  readonly from: number;
  readonly feed: FeedState;
  readonly reading: FeedReading;
  readonly failed: Trouble | undefined;
  readonly orders: number;
};

const close = async (
  { pool, channel: { channel } }: ChannelWork,
  { from, feed, reading, failed, orders }: Closing,
): Promise<FeedTurn> => {
  const trouble = failed ?? reading.failed[0]?.trouble;
  if (failed === undefined) {
    const wholeAt = trouble === undefined ? from : feed.wholeAt;
    await saveFeed(pool, channel, { ...feed, cursors: reading.cursors, wholeAt });
  }
  return trouble === undefined ? { kind: 'whole', orders } : { kind: 'partial', orders, trouble };
};
