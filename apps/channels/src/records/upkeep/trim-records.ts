import { instantOf, millisOf, type Instant } from '#event-sourcing';
import { prepared, type Pool } from '#postgres';
import { recordLimits } from '../limits.js';
import { sql } from './statements.js';

const dayMillis = 86_400_000;

/**
 * Deletes what is older than it is kept, some rows of each table.
 * @returns whether more may be left
 */
export const trimRecords = async (pool: Pool, now: Instant, rowsMax = recordLimits.trimRowsMax as number) => {
  const { payloadDaysMax, rowDaysMax } = recordLimits;
  const before = (days: number): Instant => instantOf(millisOf(now) - days * dayMillis);
  const trims = [
    [sql['trim-failures'], before(payloadDaysMax)],
    [sql['trim-successes'], before(payloadDaysMax)],
    [sql['trim-entries'], before(rowDaysMax)],
    [sql['trim-alerts'], before(rowDaysMax)],
    [sql['trim-findings'], before(rowDaysMax)],
  ] as const;
  let isMore = false;
  for (const [statement, moment] of trims)
    isMore = (await pool.query(prepared(statement, [moment, rowsMax]))).rowCount === rowsMax || isMore;
  return isMore;
};
