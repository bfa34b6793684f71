import { prepared, type Queryable, type Statement } from '#postgres';

/** Rows of a statement. */
export const ask = async <Row extends object>(
  on: Queryable,
  statement: Statement,
  values: unknown[],
): Promise<readonly Row[]> => {
  const { rows } = await on.query<Row>(prepared(statement, values));
  return rows;
};

/** What the database calls null we leave out. */
export const present = <Value>(value: Value | null): Value | undefined => value ?? undefined;
