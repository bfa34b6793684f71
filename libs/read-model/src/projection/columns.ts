import { textArray } from '#postgres';
import type { Queryable, Statement } from '#postgres';
import { run } from '../sql.js';

/**
 * A column as one array parameter. Texts go in the binary form, in which nothing is escaped here and parsed there; what
 * has no character to escape (numbers, instants, uuids, booleans) is joined. Null is an empty text that the statement
 * takes as such.
 */
export type Column<Row> = (rows: readonly Row[]) => unknown;
export type Columns<Row> = readonly Column<Row>[];

/** For a parameter `text[]`. */
export const text =
  <Row>(of: (row: Row) => string): Column<Row> =>
  (rows) =>
    textArray(rows.map(of));

/** For a parameter of any type whose text needs no quotes. */
export const plain =
  <Row>(of: (row: Row) => string | number | boolean): Column<Row> =>
  (rows) =>
    `{${rows.map(of).join(',')}}`;

export const arraysOf = <Row>(rows: readonly Row[], columns: Columns<Row>): readonly unknown[] =>
  columns.map((column) => column(rows));

/** Runs a statement over rows given as one array per column (`unnest`), in the order of its parameters; none: not at all. */
export const writeRows = async <Row>(
  session: Queryable,
  statement: Statement,
  rows: readonly Row[],
  columns: Columns<Row>,
): Promise<void> => {
  if (rows.length === 0) return;
  await run(session, statement, arraysOf(rows, columns));
};
