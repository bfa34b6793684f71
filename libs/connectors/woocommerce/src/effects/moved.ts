import { type NumberSet, setOf, sumOf, zero } from '#channel-kit';
import { hasTaken, holdsUnits, type LineChange } from './lines.js';
import { lostUnits, newlyRefunded } from './refunds.js';
import { isGivingBack, isTaking } from './statuses.js';
import { type OrderLine, type OrderView } from './views.js';

const restockedSince = (before: OrderLine | undefined, after: OrderLine): number =>
  (after.restocked ?? 0) - (before?.restocked ?? 0);

const isEdited = (before: OrderLine | undefined, after: OrderLine): boolean =>
  before !== undefined && before.quantity !== after.quantity;

/**
 * What a line took at once, by what it says: a plugin may have it take something else than its quantity. Where it was edited too
 * nobody knows whether before or after.
 */
const takenAtOnce = (before: OrderLine | undefined, after: OrderLine): readonly number[] => [
  (after.reduced ?? 0) + restockedSince(before, after),
  ...(isEdited(before, after) ? [before?.quantity ?? 0, after.quantity] : []),
];

/** Its order may have come to take its units since `before`, and so twice. */
const mayHaveTaken = (before: OrderView | undefined): boolean => before === undefined || !holdsUnits(before);

/** What a line had taken when it gave it all back: after its refunds, and before it was edited or after it. */
const givenBack = (before: OrderLine, after: OrderLine): readonly number[] => {
  const unedited = (before.reduced ?? 0) - restockedSince(before, after);
  return isEdited(before, after) ? [unedited, after.quantity - (after.restocked ?? 0)] : [unedited];
};

/**
 * What the shop moved beyond what the line shows: two who change the status at once both find nothing taken, or everything, and
 * move the whole of it twice; the line says it once.
 */
const movedTwice = (earlier: OrderLine | undefined, later: OrderLine, mayTake: boolean): NumberSet => {
  const had = earlier !== undefined && hasTaken(earlier);
  if (!had && later.reduced !== undefined && later.reduced !== earlier?.reduced && mayTake)
    return setOf([0, ...takenAtOnce(earlier, later).map((units) => -units)]);
  return had && later.reduced === undefined ? setOf([0, ...givenBack(earlier, later)]) : zero;
};

/** Whatever else happened to a line: its units and what it says that it has taken move together. */
const movedOnce = (earlier: OrderLine | undefined, later: OrderLine): NumberSet =>
  setOf([(earlier?.reduced ?? 0) - (later.reduced ?? 0)]);

/**
 * A line that was removed gives back what it has taken while its order takes, and nothing else. Whether it was removed before
 * the order moved on nobody tells.
 */
const movedByRemoval = ({ reduced = 0 }: OrderLine, before: OrderView, after: OrderView): NumberSet => {
  const [was, is, gives] = [isTaking(before.status), isTaking(after.status), isGivingBack(after.status)];
  const mayStay = !(was && (is || gives));
  const mayReturn = was || is || gives;
  return setOf([...(mayStay ? [0] : []), ...(mayReturn ? [reduced] : []), ...(gives ? [2 * reduced] : [])]);
};

/** Units that came back for a line, below nothing those that were taken for it, between two readings of its order. */
export const movedFor = (change: LineChange, before: OrderView | undefined, after: OrderView): NumberSet => {
  if (change.kind === 'removed') return before === undefined ? zero : movedByRemoval(change.before, before, after);
  const [earlier, later] = [change.kind === 'kept' ? change.before : undefined, change.after];
  const refunded = newlyRefunded(before, after, later.id);
  return sumOf([
    movedOnce(earlier, later),
    movedTwice(earlier, later, mayHaveTaken(before)),
    lostUnits(refunded, restockedSince(earlier, later)),
  ]);
};
