import { fingerprintOf, type Offset, type RecordMark } from '#messaging';
import type { Fetched } from './incoming.js';

/**
 * What a fetch tells of a record that stood somewhere.
 * - same: it stands there still
 * - another: another one stands there: the topic was made anew
 * - missing: none stands there, which only compaction and retention explain
 * - elsewhere: the fetch did not bring that place
 */
export type Finding = 'same' | 'another' | 'missing' | 'elsewhere';

/** `askedFrom`: where the client was sent; from there on it has left out only what is no message. */
export const findMark = (
  { from, last, messages }: Fetched,
  mark: RecordMark,
  askedFrom: Offset | undefined,
): Finding => {
  const found = messages.find(({ offset }) => offset === mark.offset);
  if (found !== undefined) return fingerprintOf(found) === mark.fingerprint ? 'same' : 'another';
  if (last < mark.offset) return 'elsewhere';
  return from <= mark.offset || askedFrom === mark.offset ? 'missing' : 'elsewhere';
};
