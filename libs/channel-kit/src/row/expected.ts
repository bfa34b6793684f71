import { either, eitherOf, mapped, sumOf, zero, type NumberSet } from './number-set.js';
import type { Movement, RowHistory, RowWrite, Span } from './row-history.js';

/** A figure that stood in the row at some moment of its span, whatever was there before. */
export type Anchor = { readonly value: number; readonly span: Span };

/** What a movement still adds to a figure: nothing if it came before, itself if after, and both where nobody can tell. */
const movedSince = ({ span }: Anchor, movement: Movement): NumberSet => {
  if (movement.span.to <= span.from) return zero;
  return movement.span.from >= span.to ? movement.moved : either(zero, movement.moved);
};

/** What the row may show if this figure was the last that was put there as a whole. */
export const expectedFrom = (anchor: Anchor, movements: readonly Movement[]): NumberSet =>
  mapped(sumOf(movements.map((movement) => movedSince(anchor, movement))), (moved) => anchor.value + moved);

const isWritten = ({ outcome }: RowWrite): boolean => outcome === 'written';

/** The last figure that stood there for certain: the newest write with an answer, or else the reading we began with. */
export const lastAnchor = ({ base, writes }: RowHistory): Anchor => writes.findLast(isWritten) ?? base;

/** Writes without an answer that may have come, or may yet come, after the last certain figure. */
export const looseWrites = (history: RowHistory): readonly RowWrite[] => {
  const last = lastAnchor(history);
  return history.writes.filter((write) => !isWritten(write) && write.span.to > last.span.from);
};

/**
 * The figures that the row may show now, by all that is known. The shop's writes are relative and ours are absolute: of ours
 * the last one counts, of the shop's those that came after it. Where two spans overlap nobody knows which came first, and
 * both are in the set; so is a write without an answer, come or not.
 */
export const expectedOf = (history: RowHistory): NumberSet => {
  const { movements } = history;
  return eitherOf(
    expectedFrom(lastAnchor(history), movements),
    looseWrites(history).map((write) => expectedFrom(write, movements)),
  );
};
