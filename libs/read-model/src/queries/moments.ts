import { positionOf } from '#event-sourcing';
import type { Instant } from '#event-sourcing';
import { transaction } from '#postgres';
import type { Pool, Queryable } from '#postgres';
import { run } from '../sql.js';
import { bucketsOf } from './buckets.js';
import type { BucketRow } from './buckets.js';
import { pageOf, rowsOf } from './page.js';
import { cursorFrom, standpointNow, startOf } from './standpoint.js';
import type { Standpoint } from './standpoint.js';
import { queryStatements as sql } from './statements.js';
import { pageRowsMax } from './types.js';
import type { BalanceAt, Moment, Queries } from './types.js';

type Place = { readonly sku: string; readonly location: string };
/** Where to begin, how many rows, and of which SKU alone (null: of all). */
type Range = { readonly after: readonly string[]; readonly count: number; readonly sku: string | null };

/** A moment and its rows are read in one snapshot, so `knownTo` is what the rows rest on. */
export const momentQueries = (pool: Pool): Pick<Queries, 'stockAt' | 'stockOfAt'> => ({
  stockAt: async (moment, page) => {
    const size = rowsOf(page);
    const { after, standpoint: former } = startOf(moment, page);
    return inSnapshot(pool, async (session) => {
      const standpoint = former ?? (await standpointOf(session, moment));
      const rows = await readBalances(session, standpoint, { after, count: size + 1, sku: null });
      return {
        moment: standpoint.moment,
        ...pageOf(rows, size, ({ sku, location }) => cursorFrom(standpoint, sku, location)),
      };
    });
  },
  stockOfAt: (sku, moment) =>
    inSnapshot(pool, async (session) => {
      const standpoint = await standpointOf(session, moment);
      const locations = await readBalances(session, standpoint, { after: [sku, ''], count: pageRowsMax, sku });
      if (locations.length === 0 && (await run(session, sql['read-head'], [sku])).length === 0) return undefined;
      return { sku, moment: standpoint.moment, locations };
    }),
});

const inSnapshot = <Answer>(pool: Pool, work: (session: Queryable) => Promise<Answer>): Promise<Answer> =>
  transaction(pool, work, { isolation: 'repeatable read' });

const standpointOf = async (session: Queryable, moment: Moment): Promise<Standpoint> => {
  const [live] = await run<{ position: number | null; now: Instant }>(session, sql['read-live-position'], ['history']);
  if (live === undefined) throw new Error('The read model has not been prepared');
  const { now, position } = live;
  return standpointNow(moment, { now, ...(position !== null && { knownTo: positionOf(position) }) });
};

const readBalances = async (
  session: Queryable,
  { moment: { happenedAt, knownTo }, recordedBy = 'infinity' }: Standpoint,
  { after, count, sku }: Range,
): Promise<readonly BalanceAt[]> => {
  const known = [...after, recordedBy, knownTo ?? null];
  if (happenedAt === undefined) {
    const rows = await run<Place & BucketRow>(session, sql['list-balances-known-at'], [...known, count, sku]);
    return rows.map((row) => ({ sku: row.sku, location: row.location, basis: 'all', ...bucketsOf(row) }));
  }
  const parameters = [...known, happenedAt, count, sku];
  const rows = await run<Place & { on_hand: number }>(session, sql['list-on-hand-happened-at'], parameters);
  return rows.map((row) => ({ sku: row.sku, location: row.location, basis: 'on_hand', onHand: row.on_hand }));
};
