import { type LineChange } from './edits.js';
import { newIn, type NumberSet, setOf, unitsOfLine } from '#channel-kit';
import { type OrderView } from './views.js';

/**
 * Units that refunds and returns have put back to a line's row between two readings. The counter `reinjected` says it
 * whatever was asked for: before shipping the shop restocks even where the refund says not to. Of a line that is gone the
 * counter is gone too, and a slip may have moved its units, or not when the webservice made it.
 */
export const movedByRefunds = (before: OrderView, after: OrderView, change: LineChange): NumberSet => {
  switch (change.kind) {
    case 'kept':
      return setOf([Math.max(0, change.after.reinjected - change.before.reinjected)]);
    case 'added':
      return setOf([change.after.reinjected]);
    case 'removed': {
      const items = newIn(before.slips, after.slips).flatMap((slip) => slip.items);
      return setOf([0, unitsOfLine(items, change.before.id)]);
    }
  }
};
