import { type LineChange as ChangeOf, type NumberSet, setOf } from '#channel-kit';
import { givesBack } from './states.js';
import { type OrderLine, type ShopView } from './views.js';

export type LineChange = ChangeOf<OrderLine>;

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
