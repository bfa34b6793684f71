import type { Instant } from '#event-sourcing';
import { loadStatements, textArray } from '#postgres';
import type { Pool } from '#postgres';
import { run } from '../sql.js';

const sql = loadStatements(new URL('./sql/', import.meta.url), ['count-missing-skus', 'read-runs-of-source']);

export type AskedOfRuns = {
  readonly connection: string;
  readonly location: string;
  /** The SKUs that the run names. */
  readonly skus: readonly string[];
  /** Units of runs that were judged after this count. */
  readonly since: Instant;
};
export type RunSurroundings = {
  /** SKUs that the location holds units of, and those of them that the run does not name. */
  readonly held: number;
  readonly missing: number;
  /** Units of the source's runs there since then. */
  readonly unitsBefore: number;
  /** The latest moment that the source has spoken of there. */
  readonly lastAsOf?: Instant;
};

type SourceRow = { readonly last_as_of: Instant | null; readonly units_before: number };
type CountRow = { readonly held: number; readonly missing: number };

/** What the fold knows around a run of figures. It may be late: a run is judged by it, and no quantity is decided. */
export const readRunSurroundings = async (pool: Pool, asked: AskedOfRuns): Promise<RunSurroundings> => {
  const { connection, location, skus, since } = asked;
  const [[count], [source]] = await Promise.all([
    run<CountRow>(pool, sql['count-missing-skus'], [location, textArray(skus)]),
    run<SourceRow>(pool, sql['read-runs-of-source'], [connection, location, since]),
  ]);
  if (count === undefined || source === undefined) throw new Error('An aggregate without a row');
  return {
    held: count.held,
    missing: count.missing,
    unitsBefore: source.units_before,
    ...(source.last_as_of !== null && { lastAsOf: source.last_as_of }),
  };
};
