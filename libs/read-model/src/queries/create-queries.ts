import type { EventStore } from '#event-sourcing';
import type { Pool } from '#postgres';
import { createBell } from '../announcer/bell.js';
import type { Bell } from '../announcer/bell.js';
import { availabilityQueries } from './availability.js';
import { changeQueries } from './changes.js';
import { discrepancyQueries } from './discrepancies.js';
import { historyQueries } from './history.js';
import { incomingQueries } from './incoming.js';
import { oversoldQueries } from './oversold.js';
import { pastQueries } from './explain-at.js';
import { listQueries } from './lists.js';
import { momentQueries } from './moments.js';
import { policyHistoryQueries } from './policy-history.js';
import { runQueries } from './runs.js';
import { stockQueries } from './stock.js';
import type { Queries } from './types.js';

export type QueriesOptions = {
  readonly pool: Pool;
  /** Where a history's events are read. */
  readonly store: Pick<EventStore, 'read'>;
  /** Of the announcer in this process; without it changes are found by looking. */
  readonly announced?: Bell;
};

/** @example const queries = createQueries({ pool, store, announced: announcer.announced }); */
export const createQueries = ({ pool, store, announced = createBell() }: QueriesOptions): Queries => ({
  ...availabilityQueries(pool),
  ...pastQueries(pool, store),
  ...stockQueries(pool),
  ...oversoldQueries(pool),
  ...incomingQueries(pool),
  ...discrepancyQueries(pool),
  ...momentQueries(pool),
  ...historyQueries(pool, store),
  ...policyHistoryQueries(store),
  ...changeQueries(pool, announced),
  ...listQueries(pool),
  ...runQueries(pool),
});
