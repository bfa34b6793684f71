import { prepared } from '#postgres';
import type { Queryable, Statement } from '#postgres';

/** The rows that a statement answers. */
export const run = async <Row extends object>(
  session: Queryable,
  statement: Statement,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> => (await session.query<Row>(prepared(statement, [...values]))).rows;
