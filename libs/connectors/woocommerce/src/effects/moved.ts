import { type LineChange, type NumberSet, setOf, sumOf, zero } from '#channel-kit';
import { hasTaken, holdsUnits, isGivingBack } from './lines.js';
import { lostUnits, newlyRefunded } from './refunds.js';
import { type OrderLine, type OrderView } from './views.js';

const restockedSince = (before: OrderLine | undefined, after: OrderLine): number =>
  (after.restocked ?? 0) - (before?.restocked ?? 0);

const isEdited = (before: OrderLine | undefined, after: OrderLine): boolean =>
  before !== undefined && before.quantity !== after.quantity;

/** By what a line says, for a plugin may have it take something else than its quantity; edited too, it took before or after. */
const takenAtOnce = (before: OrderLine | undefined, after: OrderLine): readonly number[] => [
  (after.reduced ?? 0) + restockedSince(before, after),
  ...(isEdited(before, after) ? [before?.quantity ?? 0, after.quantity] : []),
];

/** What a line had taken when it gave it all back: after its refunds, and before it was edited or after it. */
const givenBack = (before: OrderLine | undefined, after: OrderLine): readonly number[] => {
  if (before === undefined) return [after.quantity - (after.restocked ?? 0)];
  const unedited = (before.reduced ?? 0) - restockedSince(before, after);
  return isEdited(before, after) ? [unedited, after.quantity - (after.restocked ?? 0)] : [unedited];
};

/**
 * What the shop moved beyond what the line shows: two who change the status at once both find nothing taken, or everything, and
 * move the whole of it twice; the line says it once.
 */
const movedTwice = (
  { earlier, later }: { readonly earlier: OrderLine | undefined; readonly later: OrderLine },
  before: OrderView | undefined,
  { status, paymentMethod, paidAt }: OrderView,
): NumberSet => {
  // An order that was paid for and cancelled before anybody had read it may have taken what it wants.
  const isOver = before === undefined && status === 'cancelled' && (paidAt !== undefined || paymentMethod !== '');
  const had = earlier === undefined ? isOver : hasTaken(earlier);
  const hasTakenNow = !had && later.reduced !== undefined && later.reduced !== earlier?.reduced;
  if (hasTakenNow && (before === undefined || !holdsUnits(before)))
    return setOf([0, ...takenAtOnce(earlier, later).map((units) => -units)]);
  return had && later.reduced === undefined ? setOf([0, ...givenBack(earlier, later)]) : zero;
};

/**
 * A line that was removed gives back what it says, whatever its order's status: by itself, or by a status that gave it back before
 * that, which two at once do twice.
 */
const movedByRemoval = ({ reduced = 0 }: OrderLine, after: OrderView): NumberSet =>
  setOf(isGivingBack(after.status) ? [reduced, 2 * reduced] : [reduced]);

/** Units that came back for a line, below nothing those that were taken for it, between two readings of its order. */
export const movedFor = (change: LineChange<OrderLine>, before: OrderView | undefined, after: OrderView): NumberSet => {
  if (change.kind === 'removed') return movedByRemoval(change.before, after);
  const [earlier, later] = [change.kind === 'kept' ? change.before : undefined, change.after];
  const refunded = newlyRefunded(before, after, later.id);
  return sumOf([
    setOf([(earlier?.reduced ?? 0) - (later.reduced ?? 0)]),
    movedTwice({ earlier, later }, before, after),
    lostUnits(refunded, restockedSince(earlier, later)),
  ]);
};
