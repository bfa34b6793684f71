import type { NumberSet } from './number-set.js';

/** Milliseconds since 1970 by our own clock: the shop's is not believed. */
export type Millis = number;

/** Something took place at one moment within it, nobody saw when. */
export type Span = { readonly from: Millis; readonly to: Millis };

/** What a row of the shop showed, read within the span of the request. */
export type Reading = { readonly value: number; readonly span: Span };

/**
 * What the shop itself did to the row, by one of these numbers, between the last reading of its feed without it (when that
 * began) and the first with it (when that ended).
 */
export type Movement = {
  readonly span: Span;
  readonly moved: NumberSet;
  /** The shop is making this order, or has just made it: what is said of that next takes the place of this. */
  readonly making?: string;
};

/**
 * What we wrote. `written`: the shop said so, and it took place within the span. `unknown`: no answer, or none to believe: it
 * may take place within the span, or never; the span ends with the longest run of a request.
 */
export type RowWrite = { readonly value: number; readonly span: Span; readonly outcome: 'written' | 'unknown' };

/** What is known of a row since the last reading that was understood. */
export type RowHistory = {
  readonly base: Reading;
  /** By the moment that they were sent, oldest first. */
  readonly writes: readonly RowWrite[];
  readonly movements: readonly Movement[];
};

/** The row is understood as it was read: what lies behind it is forgotten, what may lie on either side is kept. */
export const understood = ({ writes, movements }: RowHistory, reading: Reading): RowHistory => ({
  base: reading,
  writes: writes.filter(({ outcome, span }) => outcome === 'unknown' && span.to > reading.span.from),
  movements: movements.filter(({ span }) => span.to > reading.span.from),
});

export const withMovement = (history: RowHistory, movement: Movement): RowHistory => {
  const { making } = movement;
  const isSame = (one: Movement): boolean => making !== undefined && one.making === making;
  const from = Math.min(movement.span.from, ...history.movements.filter(isSame).map(({ span }) => span.from));
  const others = history.movements.filter((one) => !isSame(one));
  return { ...history, movements: [...others, { ...movement, span: { ...movement.span, from } }] };
};

export const withWrite = (history: RowHistory, write: RowWrite): RowHistory => ({
  ...history,
  writes: [...history.writes, write].toSorted((a, b) => a.span.from - b.span.from),
});

/** Until then a request without an answer may still change the row; undefined: none is out. */
export const inDoubtUntil = ({ writes }: RowHistory): Millis | undefined => {
  const ends = writes.filter(({ outcome }) => outcome === 'unknown').map(({ span }) => span.to);
  return ends.length === 0 ? undefined : Math.max(...ends);
};
