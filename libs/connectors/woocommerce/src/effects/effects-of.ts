import { either, isZero, type NumberSet, sum, zero } from '#channel-kit';
import { isSameOrder } from './birthmark.js';
import { type LineChange, lineChanges, rowOf } from './lines.js';
import { movedFor } from './moved.js';
import { type OrderView, type RowKey } from './views.js';

/** Where the units of a line may stand: a line that was moved to another product has stood in two rows. */
const rowsOf = (change: LineChange): readonly (RowKey | undefined)[] => {
  switch (change.kind) {
    case 'kept':
      return [...new Set([rowOf(change.before), rowOf(change.after)])];
    case 'added':
      return [rowOf(change.after)];
    case 'removed':
      return [rowOf(change.before)];
  }
};

/**
 * What the shop did to each of its rows between two readings of one order: a set of whole numbers, below nothing for units that
 * were taken, of which one is the true one. A row that is not named did not move. `before` is undefined for an order that was not
 * there, `after` for one that is not there any more.
 *
 * What an order has taken stands in its lines, so most of it is plain: a row moves by what its lines say less, or more, than
 * before. A line that moves to another product takes along what it says, and no units. An order that vanishes, or is thrown
 * away, gives nothing back.
 */
export const effectsOf = (
  before: OrderView | undefined,
  after: OrderView | undefined,
): ReadonlyMap<RowKey, NumberSet> => {
  const moves = new Map<RowKey, NumberSet>();
  if (after === undefined) return moves;
  const known = before !== undefined && isSameOrder(before, after) ? before : undefined;
  for (const change of lineChanges(known, after)) {
    const moved = movedFor(change, known, after);
    const rows = rowsOf(change);
    // It stood in one of them when it moved, and nobody knows in which.
    const inEach = rows.length > 1 ? either(zero, moved) : moved;
    for (const row of rows) if (row !== undefined) moves.set(row, sum(moves.get(row) ?? zero, inEach));
  }
  return new Map([...moves].filter(([, moved]) => !isZero(moved)));
};
