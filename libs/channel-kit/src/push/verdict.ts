import { causeOf, distanceFrom, type Cause } from '../row/cause.js';
import { expectedOf } from '../row/expected.js';
import type { RowHistory } from '../row/row-history.js';

/**
 * What a reading says: `understood`, it is one of the figures that were expected; `above`, units stand there that may be
 * sold twice; `below`, units are missing there.
 */
export type Verdict =
  { readonly kind: 'understood' } | { readonly kind: 'above' | 'below'; readonly units: number; readonly cause: Cause };

/** Judges a reading by all that is known of the row; the feed was read after what it may show, or says nothing of it. */
export const judgeReading = (history: RowHistory, read: number): Verdict => {
  const distance = distanceFrom(expectedOf(history), read);
  if (distance === 0) return { kind: 'understood' };
  return {
    kind: distance > 0 ? 'above' : 'below',
    units: Math.abs(distance),
    cause: causeOf(history, read),
  };
};
