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
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await session.query<Row>(prepared(statement, [...values]))).rows;
    } catch (error) {
      if (!isPool(session) || failureKindOf(error) !== 'serialization' || attempt === attemptsMax) throw error;
    }
  }
};

const attemptsMax = 3;
