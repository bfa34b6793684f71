import { transaction } from '#postgres';
import type { Pool } from '#postgres';
import { run } from '../sql.js';
import { duePriority } from './priority.js';
import { announcerStatements as sql } from './statements.js';

/** SKUs that a sweep puts into `due` at a time. */
export const sweepSkusMax = 2_000;

/** SKUs that the clock puts into `due` at a time. */
const overdueSkusMax = 2_000;

type Sweep = { readonly cause: string; readonly force: boolean; readonly done_to: string };

/** Puts what has changed by time alone into `due`. */
export const putOverdue = async (pool: Pool): Promise<void> => {
  await run(pool, sql['put-overdue'], [duePriority.clock, overdueSkusMax]);
};

/** Puts the next piece of a sweep over all SKUs into `due`; answers how many SKUs that were (0: no sweep under way). */
export const sweepOn = (pool: Pool): Promise<number> =>
  transaction(pool, async (session) => {
    const [sweep] = await run<Sweep>(session, sql['next-sweep']);
    if (sweep === undefined) return 0;
    const parameters = [sweep.done_to, sweepSkusMax, duePriority.sweep, sweep.force];
    const [piece] = await run<{ last: string; skus: number }>(session, sql['put-sweep'], parameters);
    if (piece === undefined || piece.skus < sweepSkusMax) await run(session, sql['end-sweep'], [sweep.cause]);
    else await run(session, sql['move-sweep'], [sweep.cause, piece.last]);
    return piece?.skus ?? 0;
  });
