import { positionOf } from '#event-sourcing';
import type { Instant } from '#event-sourcing';
import { transaction } from '#postgres';
import type { Pool, Queryable } from '#postgres';
import { run } from '../sql.js';
import { bucketsOf } from './buckets.js';
import type { BucketRow } from './buckets.js';
import { cursorOf, keyOfCursor } from './cursor.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import { pageRowsMax } from './types.js';
import type { BalanceAt, Moment, MomentUsed, Queries } from './types.js';

type Place = { readonly sku: string; readonly location: string };
/** Where to begin, how many rows, and of which SKU alone (null: of all). */
type Range = { readonly after: readonly string[]; readonly count: number; readonly sku: string | null };

/** A moment and its rows are read in one snapshot, so `knownTo` is what the rows rest on. */
export const momentQueries = (pool: Pool): Pick<Queries, 'stockAt' | 'stockOfAt'> => ({
  stockAt: async (moment, page) => {
    const size = rowsOf(page);
    const after = keyOfCursor(page.after, 2);
    return inSnapshot(pool, async (session) => {
      const used = await momentUsed(session, moment);
      const rows = await readBalances(session, used, { after, count: size + 1, sku: null });
      return { moment: used, ...pageOf(rows, size, ({ sku, location }) => cursorOf(sku, location)) };
    });
  },
  stockOfAt: (sku, moment) =>
    inSnapshot(pool, async (session) => {
      const used = await momentUsed(session, moment);
      const locations = await readBalances(session, used, { after: [sku, ''], count: pageRowsMax, sku });
      if (locations.length === 0 && (await run(session, sql['read-head'], [sku])).length === 0) return undefined;
      return { sku, moment: used, locations };
    }),
});

const inSnapshot = <Answer>(pool: Pool, work: (session: Queryable) => Promise<Answer>): Promise<Answer> =>
  transaction(pool, work, { isolation: 'repeatable read' });

const momentUsed = async (session: Queryable, { knownAt, happenedAt }: Moment): Promise<MomentUsed> => {
  const [live] = await run<{ position: number | null; now: Instant }>(session, sql['read-live-position'], ['history']);
  if (live === undefined) throw new Error('The read model has not been prepared');
  return {
    knownAt: knownAt ?? live.now,
    ...(happenedAt !== undefined && { happenedAt }),
    ...(live.position !== null && { knownTo: positionOf(live.position) }),
  };
};

const readBalances = async (
  session: Queryable,
  { knownAt, happenedAt }: MomentUsed,
  { after, count, sku }: Range,
): Promise<readonly BalanceAt[]> => {
  if (happenedAt === undefined) {
    const parameters = [...after, knownAt, count, sku];
    const rows = await run<Place & BucketRow>(session, sql['list-balances-known-at'], parameters);
    return rows.map((row) => ({ sku: row.sku, location: row.location, basis: 'all', ...bucketsOf(row) }));
  }
  const parameters = [...after, knownAt, happenedAt, count, sku];
  const rows = await run<Place & { on_hand: number }>(session, sql['list-on-hand-happened-at'], parameters);
  return rows.map((row) => ({ sku: row.sku, location: row.location, basis: 'on_hand', onHand: row.on_hand }));
};
