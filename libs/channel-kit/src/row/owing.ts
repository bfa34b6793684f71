import type { Cause } from './cause.js';
import { expectedFrom, lastAnchor, looseWrites, type Anchor } from './expected.js';
import { allows, sumOf } from './number-set.js';
import type { RowHistory } from './row-history.js';

/**
 * Units that nobody had explained when a row was written: they were taken off what was written, so the row shows what we wrote
 * and they are missing still. Units of the listing, positive.
 */
export type Owing = { readonly units: number; readonly cause: Cause };

const anchorsOf = (history: RowHistory): readonly Anchor[] => [lastAnchor(history), ...looseWrites(history)];

/**
 * Units that are missing in a row that shows this: what stood there, less what the shop has told that it took, less what it
 * shows. It does not matter whether the shop took them before a write of ours, which had them taken off then, or after it, when
 * they are missing in the row. Where several figures may have stood there it is the most.
 * @param owed units that had been taken off what was written
 */
export const lackOf = (history: RowHistory, value: number, owed: number): number => {
  const anchors = anchorsOf(history);
  const possible = anchors.filter((anchor) => allows(expectedFrom(anchor, history.movements), value));
  const moved = sumOf(history.movements.map((movement) => movement.moved));
  if (moved === 'unknown') return owed;
  const stood = Math.max(...(possible.length > 0 ? possible : anchors).map((anchor) => anchor.value));
  return Math.max(0, owed + stood + (moved.at(-1) ?? 0) - value);
};

/**
 * Whether a row shows what it would had nothing been missing: what was taken off what we wrote has been told of since, though
 * not as it came, or is there again.
 */
export const isMadeUp = (history: RowHistory, value: number, owed: number): boolean => {
  const moved = sumOf(history.movements.map((movement) => movement.moved));
  return anchorsOf(history).some((anchor) => allows(moved, value - anchor.value - owed));
};
