import type { RecordedEvent } from '#event-sourcing';
import type { Pool } from '#postgres';
import { createAnnouncer } from '../src/announcer/announcer.js';
import { createQueries } from '../src/queries/create-queries.js';
import type { Change, Queries } from '../src/queries/types.js';
import { storeOf } from './store-of.js';

/** The read side over a log, its announcer moved by hand. */
export const liveOver = (pool: Pool, log: readonly RecordedEvent[]) => {
  const announcer = createAnnouncer({
    pool,
    onError: (error) => {
      throw error as Error;
    },
  });
  const queries = createQueries({ pool, store: storeOf(log), announced: announcer.announced });
  return {
    announcer,
    queries,
    /** Announces until nothing is due and no sweep is under way. */
    drain: async (): Promise<void> => {
      for (;;) {
        await announcer.step();
        const { rows } = await pool.query<{ left: number }>(
          'SELECT (SELECT count(*) FROM read.due) + (SELECT count(*) FROM read.sweep) AS left',
        );
        if (rows[0]?.left === 0) return;
      }
    },
    allChanges: () => allChanges(queries),
  };
};

const allChanges = async (queries: Queries): Promise<readonly Change[]> => {
  const changes: Change[] = [];
  for (;;) {
    const more = await queries.changes({ after: changes.at(-1)?.sequence ?? 0, limit: 1_000 });
    if (more.length === 0) return changes;
    changes.push(...more);
  }
};

export type AnnouncedRow = {
  readonly sku: string;
  readonly channel: string;
  readonly atp: number;
  readonly shown: number;
  readonly held: number;
  readonly heldByListing?: Readonly<Record<string, number>>;
  readonly state: string;
  readonly sequence: number;
};

type Row = Omit<AnnouncedRow, 'heldByListing'> & { readonly held_by_listing: Readonly<Record<string, number>> | null };

export const readAnnounced = async (pool: Pool): Promise<readonly AnnouncedRow[]> => {
  const { rows } = await pool.query<Row>(
    'SELECT sku, channel, atp, shown, held, held_by_listing, state, sequence FROM read.announced ORDER BY sku, channel',
  );
  return rows.map(({ held_by_listing, ...row }) => ({
    ...row,
    ...(held_by_listing && { heldByListing: held_by_listing }),
  }));
};
