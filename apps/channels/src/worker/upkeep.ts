import type { Millis } from '#channel-kit';
import { confirm } from '../intake/deliver.js';
import { reviewUnpaid } from '../intake/review-unpaid.js';
import { openOrders, scanRows } from '../store/index.js';
import type { ChannelWork } from './deps.js';
import type { FeedTurns } from './feed-turns.js';
import type { Leave } from './leave.js';
import { upkeepEveryMillis } from './rhythm.js';
import { createSurveys } from './surveys.js';
import { createListingsUpkeep } from './upkeep-listings.js';
import type { Wishes } from './wishes.js';

/** What keeps a channel right that nobody speaks of. */
export type Upkeep = {
  /** What is done once a minute. */
  readonly step: () => Promise<void>;
  /** A page of the shop's listings, where they are being read. @returns whether there was one to read */
  readonly walk: () => Promise<boolean>;
  /** After a reading of the feed that was whole. @param orders how many it brought @param hintedAt when the shop told of some last */
  readonly heard: (orders: number, hintedAt: Millis | undefined) => void;
};

export type UpkeepParts = {
  readonly work: ChannelWork;
  readonly leave: Leave;
  readonly wishes: Wishes;
  readonly feed: () => Pick<FeedTurns, 'expire'>;
  /** Whether listings, rows and open orders that nobody has heard of for long are read again. */
  readonly scans: () => boolean;
};

export const createUpkeep = ({ work, leave, wishes, feed, scans }: UpkeepParts): Upkeep => {
  const { pool, now } = work;
  const { channel } = work.channel;
  const listings = createListingsUpkeep(work);
  const surveys = createSurveys(work, leave.mayAsk);
  let keptAt = Number.NEGATIVE_INFINITY;

  const hintOpenOrders = async (readBefore: Millis, most: number): Promise<void> =>
    wishes.add(await openOrders(pool, channel, readBefore, most));
  /** What is read again because it was not for long. */
  const readOld = async (): Promise<void> => {
    await listings.beginIfOld();
    await scanRows(pool, channel, now(), scanRowsMax);
    await hintOpenOrders(now() - dayMillis, openOrdersMax);
  };
  return {
    step: async () => {
      if (now() - keptAt < upkeepEveryMillis) return;
      keptAt = now();
      const hasMissed = !leave.isMaintained() && (await surveys.step());
      // Where no row has its turn nobody else hears what the ledger does not take.
      await confirm(work);
      if (leave.mayAsk && leave.setsRows() && (await reviewUnpaid(work))) feed().expire();
      // What messages would have said of open orders is read; the others the feed brings.
      if (hasMissed) await hintOpenOrders(now(), missedOrdersMax);
      if (scans()) await readOld();
    },
    walk: async () => !leave.isMaintained() && (await listings.step()),
    heard: surveys.note,
  };
};

/** Open orders that are read where messages have ceased: more of them the feed brings. */
const missedOrdersMax = 1_000;
/** A minute's share of open orders that are read again once a day. */
const openOrdersMax = 50;
/** A minute's share of rows that nobody has read for long. */
const scanRowsMax = 1_000;
const dayMillis = 86_400_000;
