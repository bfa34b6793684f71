import { failureKindOf, isPool, prepared } from '#postgres';
import type { Queryable, Statement } from '#postgres';

/**
 * The rows that a statement answers. A statement by itself (on a pool) that met a switch of versions halfway was rolled
 * back whole by PostgreSQL: it is asked again.
 */
export const run = async <Row extends object>(
  session: Queryable,
  statement: Statement,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> => {
  const ask = async () => (await session.query<Row>(prepared(statement, [...values]))).rows;
  return isPool(session) ? untilNoDeadlock(ask, attemptsMax) : ask();
};

const attemptsMax = 3;

/** What PostgreSQL ends as a deadlock's victim has changed nothing: it is done again, so many times in all at most. */
export const untilNoDeadlock = async <Result>(work: () => Promise<Result>, timesMax: number): Promise<Result> => {
  for (let time = 1; ; time += 1) {
    try {
      return await work();
    } catch (error) {
      if (failureKindOf(error) !== 'serialization' || time === timesMax) throw error;
    }
  }
};
