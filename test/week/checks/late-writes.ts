import type { Spot } from '../scene.js';

/** A row that a request has written when its client had given it up. */
export type LateWrite = Spot & { readonly at: number };

/** Whatever comes late is put right within this time. */
export const lateMillisMax = 60_000;

/** What became of them: some are not right yet, some are right again, and some should be. */
export type LateWrites = {
  readonly still: readonly LateWrite[];
  readonly right: readonly LateWrite[];
  readonly overdue: readonly LateWrite[];
};

/** Each is told of once, as soon as its row shows what it should, or when it should have by then. */
export const lateAfter = (late: readonly LateWrite[], now: number, isRight: (spot: Spot) => boolean): LateWrites => {
  const right = late.filter(isRight);
  const wrong = late.filter((one) => !right.includes(one));
  return {
    right,
    overdue: wrong.filter(({ at }) => now - at > lateMillisMax),
    still: wrong.filter(({ at }) => now - at <= lateMillisMax),
  };
};
