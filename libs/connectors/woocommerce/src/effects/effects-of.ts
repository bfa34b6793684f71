import {
  either,
  type LineChange,
  lineChanges,
  movedOnly,
  movesByRow,
  type NumberSet,
  orderKeyOf,
  zero,
} from '#channel-kit';
import { rowOf } from './lines.js';
import { movedFor } from './moved.js';
import { type OrderLine, type OrderView, type RowKey } from './views.js';

/** The key of an order is random and nobody edits it; its date anybody may, in the form of the order. */
export const keyOfOrder = ({ id, orderKey, createdAt }: OrderView): string =>
  orderKeyOf(id, orderKey.replace(/^wc_order_/u, ''), createdAt);

/** Where the units of a line may stand: a line that was moved to another product has stood in two rows. */
const rowsOf = (change: LineChange<OrderLine>): readonly (RowKey | undefined)[] => {
  const before = change.kind === 'added' ? [] : [change.before];
  const after = change.kind === 'removed' ? [] : [change.after];
  return [...new Set([...before, ...after].map(rowOf))];
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
  if (after === undefined) return new Map();
  // Of a shop that was restored from a backup an id may come again, for another order.
  const known = before !== undefined && keyOfOrder(before) === keyOfOrder(after) ? before : undefined;
  const moves = lineChanges(known?.lines ?? [], after.lines).flatMap((change) => {
    const moved = movedFor(change, known, after);
    const rows = rowsOf(change);
    // It stood in one of them when it moved, and nobody knows in which.
    const inEach = rows.length > 1 ? either(zero, moved) : moved;
    return rows.flatMap((row) => (row === undefined ? [] : [[row, inEach] as const]));
  });
  return movedOnly(movesByRow(moves));
};
