import { walkListings, type ListingsWalk } from '../catalogue/sync-listings.js';
import { listingsReadAt, saveListingsReadAt } from '../store/index.js';
import type { ChannelWork } from './deps.js';
import { listingsEveryMillis } from './rhythm.js';

/** Keeps what is known of a shop's listings young. */
export type ListingsUpkeep = {
  /** Begins a reading where they were never read, or not for a day. */
  readonly beginIfOld: () => Promise<void>;
  /** One page of it. @returns whether there was one to read */
  readonly step: () => Promise<boolean>;
};

/** A shop that does not answer is asked again from the beginning, when it is next looked whether its listings are old. */
export const createListingsUpkeep = (work: ChannelWork): ListingsUpkeep => {
  const { pool, now } = work;
  const { channel } = work.channel;
  let walk: ListingsWalk | undefined;
  return {
    beginIfOld: async () => {
      if (walk === undefined && now() - (await listingsReadAt(pool, channel)) >= listingsEveryMillis)
        walk = walkListings(work);
    },
    step: async () => {
      if (walk === undefined) return false;
      const { beganAt } = walk;
      const step = await walk.step();
      if (step.kind !== 'more') walk = undefined;
      if (step.kind === 'synced') await saveListingsReadAt(pool, channel, beganAt);
      return true;
    },
  };
};
