import { listingsReadAt, saveListingsReadAt } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { listingsEveryMillis } from '../worker/rhythm.js';
import { syncListings } from './sync-listings.js';

/** Listings are read when they were never, and once a day. A shop that does not answer is asked again in the next turn. */
export const readListingsIfOld = async (work: ChannelWork): Promise<void> => {
  const { pool, now, channel } = work;
  const at = now();
  if (at - (await listingsReadAt(pool, channel.channel)) < listingsEveryMillis) return;
  const synced = await syncListings(work);
  if (synced.kind === 'synced') await saveListingsReadAt(pool, channel.channel, at);
};
