import { standStill } from './check.js';
import type { Fetched } from './incoming.js';
import { seek, type Reader, type Run } from './intake-state.js';
import { findMark } from './verification.js';

/** Reads the record again that stood last: the client is sent there, and what it brings is compared. */
export const isVerified = async (run: Run, fetched: Fetched, reader: Reader): Promise<boolean> => {
  const { state } = run;
  const mark = state.toVerify;
  if (mark === undefined || state.position === undefined) return true;
  const finding = findMark(fetched, mark, state.sought);
  if (finding === 'elsewhere') return seek(state, reader, mark.offset);
  if (finding === 'another' || (finding === 'missing' && !run.isCompacted)) {
    const bounds = await run.boundsNow();
    // Retention may have taken it meanwhile: what was handled may go.
    if (bounds.low <= mark.offset) standStill(run, 'topic_made_anew', state.position, bounds);
    else state.isChecked = false;
    if (!state.isChecked) return seek(state, reader, state.position.next);
  }
  state.toVerify = undefined;
  return true;
};

/** The fetch must begin at the position or below it. Where it began above, what lies between may have been jumped over. */
export const isInPlace = async ({ state, boundsNow }: Run, fetched: Fetched, reader: Reader): Promise<boolean> => {
  const next = state.position?.next ?? 0;
  if (fetched.last < next) return seek(state, reader, next);
  if (fetched.from <= next) return true;
  if (state.sought !== next) return seek(state, reader, next);
  // It was sent to the position and came back with what lies further on. The first offset never falls: when it is not
  // above the position now, nothing was lost there when the fetch was made, and what was left out is no message.
  const { low, high } = await boundsNow();
  if (low <= next && next <= high) return true;
  state.isChecked = false;
  return seek(state, reader, next);
};
