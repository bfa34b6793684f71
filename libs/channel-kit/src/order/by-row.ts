import { isZero, type NumberSet, sum, zero } from '../row/number-set.js';

/** Moves that happened together, added up by row. */
export const movesByRow = <Row>(moves: Iterable<readonly [Row, NumberSet]>): ReadonlyMap<Row, NumberSet> => {
  const rows = new Map<Row, NumberSet>();
  for (const [row, moved] of moves) rows.set(row, sum(rows.get(row) ?? zero, moved));
  return rows;
};

/** Without the rows that did not move. */
export const movedOnly = <Row>(moves: ReadonlyMap<Row, NumberSet>): ReadonlyMap<Row, NumberSet> =>
  new Map([...moves].filter(([, moved]) => !isZero(moved)));

/** Units added up by row. */
export const unitsByRow = <Row>(units: Iterable<readonly [Row, number]>): ReadonlyMap<Row, number> => {
  const rows = new Map<Row, number>();
  for (const [row, some] of units) rows.set(row, (rows.get(row) ?? 0) + some);
  return rows;
};
