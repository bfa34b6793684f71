import { type NumberSet, setOf } from '#channel-kit';
import { givesBack } from './states.js';
import { type OrderLine, type OrderView, type ShopView } from './views.js';

/** A line in two readings of its order: in both, in the later one alone (added), in the earlier one alone (removed). */
export type LineChange =
  | { readonly kind: 'kept'; readonly before: OrderLine; readonly after: OrderLine }
  | { readonly kind: 'added'; readonly after: OrderLine }
  | { readonly kind: 'removed'; readonly before: OrderLine };

export const lineOf = (change: LineChange): OrderLine => (change.kind === 'removed' ? change.before : change.after);

/** What the line's quantity was before somebody edited it, and is since: 0 where there is no line. */
export const quantitiesOf = (change: LineChange): { readonly before: number; readonly after: number } => ({
  before: change.kind === 'added' ? 0 : change.before.quantity,
  after: change.kind === 'removed' ? 0 : change.after.quantity,
});

export const isEdited = (change: LineChange): boolean => {
  const { before, after } = quantitiesOf(change);
  return change.kind !== 'kept' || before !== after;
};

/** What came of each line from `before` to `after`. */
export const lineChanges = (before: OrderView, after: OrderView): readonly LineChange[] => {
  const earlier = new Map(before.lines.map((line) => [line.id, line]));
  const later = new Set(after.lines.map(({ id }) => id));
  const removed = before.lines.filter(({ id }) => !later.has(id));
  return [
    ...after.lines.map((line): LineChange => {
      const known = earlier.get(line.id);
      return known === undefined ? { kind: 'added', after: line } : { kind: 'kept', before: known, after: line };
    }),
    ...removed.map((line): LineChange => ({ kind: 'removed', before: line })),
  ];
};

/**
 * Units that the edit itself gives back to the row while the order is in this state. In cancelled or error the order holds
 * nothing, and the shop moves the difference of a changed line and gives a removed one all the same; only an added one it
 * leaves alone. The webservice's own write to `order_details` changes a quantity and moves nothing, and leaves no trace
 * that tells it from an edit: both stand in the set.
 */
export const movedByEdit = (shop: ShopView, change: LineChange, stateId: number): NumberSet => {
  const { before, after } = quantitiesOf(change);
  switch (change.kind) {
    case 'kept':
      return setOf([0, before - after]);
    case 'added':
      return givesBack(shop, stateId) ? [0] : setOf([-after]);
    case 'removed':
      return setOf([before]);
  }
};
