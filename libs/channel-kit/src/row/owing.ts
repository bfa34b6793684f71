import type { Cause } from './cause.js';
import { expectedFrom, lastAnchor, looseWrites, type Anchor } from './expected.js';
import { allows, sumOf } from './number-set.js';
import type { Millis, RowHistory } from './row-history.js';

/**
 * Units that nobody had explained when a row was written: they were taken off what was written, so the row shows what we wrote
 * and they are missing still. Units of the listing, positive.
 */
export type Owing = {
  /** The most that may be missing: so many are taken off. */
  readonly units: number;
  readonly cause: Cause;
  /** Of those, the ones that are missing whichever of our writes the row has seen; left out: all. */
  readonly certain?: number;
  /** When they were found. */
  readonly at?: Millis;
};

/** Units that are missing: the most and the fewest, where several figures may have stood in the row. */
export type Lack = { readonly most: number; readonly least: number };

export const certainOf = (owing: Owing | undefined): number => owing?.certain ?? owing?.units ?? 0;

const anchorsOf = (history: RowHistory): readonly Anchor[] => [lastAnchor(history), ...looseWrites(history)];

/**
 * Units that are missing in a row that shows this: what stood there, less what the shop has told that it took, less what it
 * shows. It does not matter whether the shop took them before a write of ours, which had them taken off then, or after it, when
 * they are missing in the row. It does matter which figure stood there, where a write is without an answer.
 * @param owing units that had been taken off what was written
 */
export const lackOf = (history: RowHistory, value: number, owing: Owing | undefined): Lack => {
  const anchors = anchorsOf(history);
  const possible = anchors.filter((anchor) => allows(expectedFrom(anchor, history.movements), value));
  const moved = sumOf(history.movements.map((movement) => movement.moved));
  const [owed, certain] = [owing?.units ?? 0, certainOf(owing)];
  if (moved === 'unknown') return { most: owed, least: certain };
  const stood = (possible.length > 0 ? possible : anchors).map((anchor) => anchor.value);
  const without = (units: number): number => Math.max(0, units + (moved.at(-1) ?? 0) - value);
  return { most: without(owed + Math.max(...stood)), least: without(certain + Math.min(...stood)) };
};

/**
 * Whether a row shows what it would had nothing been missing: what was taken off what we wrote has been told of since, though
 * not as it came, or is there again.
 */
export const isMadeUp = (history: RowHistory, value: number, owed: number): boolean => {
  const moved = sumOf(history.movements.map((movement) => movement.moved));
  return anchorsOf(history).some((anchor) => allows(moved, value - anchor.value - owed));
};
