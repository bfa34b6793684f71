import type { Cause } from './cause.js';
import { expectedFrom, lastAnchor, looseWrites, type Anchor } from './expected.js';
import { allows, type NumberSet } from './number-set.js';
import type { Millis, Movement, RowHistory } from './row-history.js';

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

/** Units that are missing: the most and the fewest, where several figures may have stood in the row, or the shop may have taken several. */
export type Lack = { readonly most: number; readonly least: number };

export const certainOf = (owing: Owing | undefined): number => owing?.certain ?? owing?.units ?? 0;

const anchorsOf = (history: RowHistory): readonly Anchor[] => [lastAnchor(history), ...looseWrites(history)];

const endsOf = (moved: NumberSet): readonly [least: number, most: number] | undefined =>
  moved === 'unknown' ? undefined : [Math.min(...moved), Math.max(...moved)];

/** What movements add up to, at the least and at the most: a set of all the sums would soon hold everything. Undefined: anything. */
const rangeOf = (movements: readonly Movement[]): { readonly least: number; readonly most: number } | undefined => {
  let [least, most] = [0, 0];
  for (const { moved } of movements) {
    const ends = endsOf(moved);
    if (ends === undefined) return undefined;
    // Units that came back may have done so before the figure that stood there.
    least += Math.min(0, ends[0]);
    most += ends[1];
  }
  return { least, most };
};

/**
 * Units that are missing in a row that shows this: what stood there, less what the shop has told that it took, less what it
 * shows. It does not matter whether the shop took them before a write of ours, which had them taken off then, or after it, when
 * they are missing in the row. It does matter which figure stood there, where a write is without an answer.
 * @param owing units that had been taken off what was written
 */
export const lackOf = (history: RowHistory, value: number, owing: Owing | undefined): Lack => {
  const anchors = anchorsOf(history);
  const possible = anchors.filter((anchor) => allows(expectedFrom(anchor, history.movements), value));
  const moved = rangeOf(history.movements);
  const [owed, certain] = [owing?.units ?? 0, certainOf(owing)];
  if (moved === undefined) return { most: owed, least: certain };
  const stood = (possible.length > 0 ? possible : anchors).map((anchor) => anchor.value);
  return {
    most: Math.max(0, owed + Math.max(...stood) + moved.most - value),
    least: Math.max(0, certain + Math.min(...stood) + moved.least - value),
  };
};

/** Units that are missing in a row that shows what it may, if the shop took of each sale the least that it may have taken. */
export const unlessTakenMore = (history: RowHistory, value: number): number => {
  const moved = rangeOf(history.movements);
  if (moved === undefined) return 0;
  return Math.max(0, Math.min(...anchorsOf(history).map((anchor) => anchor.value)) + moved.most - value);
};

/**
 * Whether a row shows what it would had nothing been missing: what was taken off what we wrote has been told of since, though
 * not as it came, or is there again. Of what the shop may have taken once or twice it is believed to have taken it once.
 */
export const isMadeUp = (history: RowHistory, value: number, owed: number): boolean => {
  const moved = rangeOf(history.movements);
  return moved === undefined || anchorsOf(history).some((anchor) => anchor.value + owed + moved.most === value);
};

/** Whether the shop may have moved the row by one number or by another. */
export const isAmbiguous = ({ movements }: RowHistory): boolean =>
  movements.some(({ moved }) => moved === 'unknown' || moved.length > 1);
