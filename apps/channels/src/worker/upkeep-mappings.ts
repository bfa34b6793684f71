import type { Millis } from '#channel-kit';
import { syncMappings } from '../catalogue/sync-listings.js';
import type { ChannelWork } from './deps.js';
import { mappingsEveryMillis } from './rhythm.js';

/** Keeps what the ledger says of a channel's listings young. */
export type MappingsUpkeep = {
  /** There is a sign that it has changed. */
  readonly expire: () => void;
  readonly step: () => Promise<void>;
  /** When it is to be read next; Infinity: nobody knows of a change. Milliseconds since 1970. */
  readonly dueAt: () => Millis;
};

/** A channel that lists few of its SKUs hears much of the others: its mapping is not read each time. */
export const createMappingsUpkeep = (work: ChannelWork): MappingsUpkeep => {
  const { now } = work;
  let isOld = true;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    expire: () => {
      isOld = true;
    },
    step: async () => {
      if (!isOld || now() - readAt < mappingsEveryMillis) return;
      isOld = false;
      readAt = now();
      await syncMappings(work);
    },
    dueAt: () => (isOld ? readAt + mappingsEveryMillis : Infinity),
  };
};
