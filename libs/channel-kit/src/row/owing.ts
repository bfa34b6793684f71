import type { Cause } from './cause.js';
import { expectedFrom, lastAnchor, looseWrites } from './expected.js';
import { allows, sumOf } from './number-set.js';
import type { RowHistory } from './row-history.js';

/**
 * Units that nobody had explained when a row was written: they were taken off what was written, so the row shows what we wrote
 * and they are missing still. Units of the listing, positive.
 */
export type Owing = { readonly units: number; readonly cause: Cause };

/**
 * Units that are missing in a row that shows this: what stood there, less what the shop has told that it took, less what it
 * shows. It does not matter whether the shop took them before a write of ours, which had them taken off then, or after it, when
 * they are missing in the row. Where several figures may have stood there it is the most.
 * @param owed units that had been taken off what was written
 */
export const lackOf = (history: RowHistory, value: number, owed: number): number => {
  const anchors = [lastAnchor(history), ...looseWrites(history)];
  const possible = anchors.filter((anchor) => allows(expectedFrom(anchor, history.movements), value));
  const moved = sumOf(history.movements.map((movement) => movement.moved));
  if (moved === 'unknown') return owed;
  const stood = Math.max(...(possible.length > 0 ? possible : anchors).map((anchor) => anchor.value));
  return Math.max(0, owed + stood + (moved.at(-1) ?? 0) - value);
};
