import { expectedFrom, expectedOf, looseWrites } from './expected.js';
import { allows, times, type NumberSet } from './number-set.js';
import type { Movement, RowHistory, RowWrite, Span } from './row-history.js';

/**
 * Why a row shows what it should not, as far as arithmetic tells:
 * - `crossed`: the shop read the row before our write and wrote it after: ours is gone
 * - `late_request`: a request that was answered otherwise, or taken over by a newer one, came after it
 * - `lost_decrement`: two movements of the shop at once, of which one is missing
 * - `double_restock`, `double_transition`: one movement of the shop, applied twice
 * - `unknown`: nothing that we know of explains it; somebody typed it, or took units without an order
 */
export type Cause = 'crossed' | 'late_request' | 'lost_decrement' | 'double_restock' | 'double_transition' | 'unknown';

const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;
const without = <T>(items: readonly T[], item: T): readonly T[] => items.filter((one) => one !== item);

/** Where a write and a movement overlap, the row as it would be had the write never come. */
const isCrossed = (history: RowHistory, value: number): boolean =>
  history.writes.some(
    (write) =>
      history.movements.some(({ span }) => overlap(span, write.span)) &&
      allowsKnown(expectedOf({ ...history, writes: without(history.writes, write) }), value),
  );

/** An older figure of ours stands again. The newest one with an answer is where it should be. */
const isLate = (history: RowHistory, value: number): boolean => {
  const newest = history.writes.findLast(({ outcome }) => outcome === 'written');
  const older = history.writes.filter((write) => write !== newest && !looseWrites(history).includes(write));
  return older.some((write: RowWrite) => allowsKnown(expectedFrom(write, history.movements), value));
};

/** Only movements that overlap each other lose one another. */
const lostOf = (history: RowHistory): readonly Movement[] =>
  history.movements.filter((one) => history.movements.some((other) => other !== one && overlap(one.span, other.span)));

const isLost = (history: RowHistory, value: number): boolean =>
  lostOf(history).some((movement) =>
    allowsKnown(expectedOf({ ...history, movements: without(history.movements, movement) }), value),
  );

const doubled = (history: RowHistory, value: number): Movement | undefined =>
  history.movements.find((movement) =>
    allowsKnown(
      expectedOf({
        ...history,
        movements: [...without(history.movements, movement), { ...movement, moved: times(movement.moved, 2) }],
      }),
      value,
    ),
  );

/** A set that holds everything explains nothing. */
const allowsKnown = (set: NumberSet, value: number): boolean => set !== 'unknown' && allows(set, value);

const rises = ({ moved }: Movement): boolean => moved !== 'unknown' && moved.some((units) => units > 0);

/** The most telling explanation of a figure that is not in the expected set. */
export const causeOf = (history: RowHistory, value: number): Cause => {
  if (isCrossed(history, value)) return 'crossed';
  if (isLate(history, value)) return 'late_request';
  if (isLost(history, value)) return 'lost_decrement';
  const twice = doubled(history, value);
  if (twice === undefined) return 'unknown';
  return rises(twice) ? 'double_restock' : 'double_transition';
};

/**
 * How far a figure lies above (positive) or below (negative) what was expected; 0: it is in the set. Between two figures of
 * the set it is above the lower one: what might be sold twice is looked at as such.
 */
export const distanceFrom = (expected: NumberSet, value: number): number => {
  if (expected === 'unknown' || expected.includes(value)) return 0;
  const [lowest = value] = expected;
  return value - (expected.findLast((one) => one < value) ?? lowest);
};
