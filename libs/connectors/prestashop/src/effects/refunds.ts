import { type LineChange } from './edits.js';
import { type NumberSet, setOf } from '#channel-kit';
import { type OrderSlip, type OrderView } from './views.js';

const unitsFor = (slips: readonly OrderSlip[], lineId: number): number =>
  slips
    .flatMap(({ items }) => items)
    .filter((item) => item.lineId === lineId)
    .reduce((units, { quantity }) => units + quantity, 0);

const newSlips = (before: OrderView, after: OrderView): readonly OrderSlip[] => {
  const known = new Set(before.slips.map(({ id }) => id));
  return after.slips.filter(({ id }) => !known.has(id));
};

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
    case 'removed':
      return setOf([0, unitsFor(newSlips(before, after), change.before.id)]);
  }
};
