import type { EventStore } from '#event-sourcing';
import type { Pool } from '#postgres';
import { readHold } from '#read-model';
import type { NewestTold } from './read-told.js';

export type Known = { readonly pool: Pool; readonly store: Pick<EventStore, 'read'> };

/**
 * Was the world told of anything that this ledger has never known, as after a restore? Whatever is told was in the outbox
 * and in the log before, so it is there still, unless they are older than it.
 */
export const isBehind = async ({ pool, store }: Known, { sequence, events }: NewestTold): Promise<boolean> => {
  const { isOurs, passedEventAt = '' } = await readHold(pool, sequence);
  if (!isOurs) return true;
  const fresh = events.filter(({ metadata }) => metadata.recordedAt > passedEventAt);
  if (fresh.length === 0) return false;
  const reads = fresh.map(({ stream, revision }) => ({ stream, from: revision }));
  const own = await store.read(reads, 1);
  return fresh.some(({ eventId }, index) => own[index]?.[0]?.eventId !== eventId);
};
