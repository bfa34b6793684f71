import type { Instant } from '#event-sourcing';
import { loadStatements } from '#postgres';
import type { Pool } from '#postgres';
import { run } from '../sql.js';

const sql = loadStatements(new URL('./sql/', import.meta.url), ['list-unswept-skus']);

/**
 * SKUs in which a sweep finds something to do, as far as the fold has come: holds that have expired by `now`, and units
 * owed by a channel at one of whose locations some are free. In the order of SKUs, those after `after`, at most `skusMax`.
 */
export const listUnsweptSkus = async (
  pool: Pool,
  now: Instant,
  after: string,
  skusMax: number,
): Promise<readonly string[]> => {
  const rows = await run<{ readonly sku: string }>(pool, sql['list-unswept-skus'], [now, after, skusMax]);
  return rows.map(({ sku }) => sku);
};
