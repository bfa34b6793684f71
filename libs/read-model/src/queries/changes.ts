import { positionOf } from '#event-sourcing';
import type { Instant } from '#event-sourcing';
import type { Pool } from '#postgres';
import type { Bell } from '../announcer/bell.js';
import { run } from '../sql.js';
import type { HeldByListing } from '../supply/supply-of.js';
import { rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import { changesWaitMillisMax } from './types.js';
import type { Change, ChangesRequest, Queries } from './types.js';

/** When another process announces, nothing rings here: the outbox is looked at this often. */
const pollMillis = 500;

type ChangeRow = Omit<Change, 'position' | 'announcedAt' | 'heldByListing'> & {
  readonly held_by_listing: HeldByListing | null;
  readonly position: number;
  readonly announced_at: Instant;
};

/** @param announced rings after every commit of an announcer in this process */
export const changeQueries = (
  pool: Pool,
  announced: Bell,
): Pick<Queries, 'changes' | 'newestChanges' | 'lastSequence'> => ({
  changes: async (request) => {
    const deadline = performance.now() + Math.min(request.waitMillis ?? 0, changesWaitMillisMax);
    let { after } = request;
    for (;;) {
      // Listening begins before the look, so a change that is committed in between is not missed.
      const stopped = new AbortController();
      const heard = announced.heard(pollMillis, stopped.signal);
      const lookedTo = request.channel === undefined ? after : await readLastSequence(pool);
      const changes = await readChanges(pool, { ...request, after });
      const over = changes.length > 0 || performance.now() >= deadline || request.signal?.aborted === true;
      if (over) stopped.abort();
      await heard;
      if (over) return changes;
      // A sweep announces a million pairs of other channels: they are looked through once, not at every ring
      after = Math.max(after, lookedTo);
    }
  },
  newestChanges: async ({ after, upTo, limit }) => {
    const rows = await run<ChangeRow>(pool, sql['list-newest-changes'], [after, upTo, limit]);
    return rows.map(changeOf);
  },
  lastSequence: () => readLastSequence(pool),
});

const readLastSequence = async (pool: Pool): Promise<number> => {
  const [row] = await run<{ sequence: number }>(pool, sql['read-last-sequence']);
  return row?.sequence ?? 0;
};

const readChanges = async (pool: Pool, request: ChangesRequest): Promise<readonly Change[]> => {
  const parameters = [request.after, request.channel ?? null, rowsOf({ limit: request.limit })];
  const rows = await run<ChangeRow>(pool, sql['list-changes'], parameters);
  return rows.map(changeOf);
};

const changeOf = ({ position, announced_at, held_by_listing, ...change }: ChangeRow): Change => ({
  ...change,
  ...(held_by_listing && { heldByListing: held_by_listing }),
  position: positionOf(position),
  announcedAt: announced_at,
});
