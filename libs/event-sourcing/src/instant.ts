/**
 * A moment as RFC 3339 text in UTC with exactly three decimals, `2026-03-01T09:30:00.000Z`.
 * One fixed width, so two instants compare as strings (`<`, `>`), in code and in SQL alike.
 */
export type Instant = string;

/* The only use of Date in a pure lib (but for atp's dispatch, which may import nothing): both functions are calculations on their argument, neither reads a clock. */
/* eslint-disable no-restricted-globals */

/** Milliseconds since 1970 of an instant. */
export const millisOf = (instant: Instant): number => Date.parse(instant);

/** The instant that is `millis` milliseconds after 1970. */
export const instantOf = (millis: number): Instant => new Date(millis).toISOString();

/* eslint-enable no-restricted-globals */

type Sum = { readonly instant: Instant; readonly sum: Instant };
/** The last sum for each distance: all commands of one append ask for the same few moments around now. */
const lastSums = new Map<number, Sum>();
const lastSumsMax = 256;

/** The instant `millis` milliseconds after (negative: before) the given one. */
export const plus = (instant: Instant, millis: number): Instant => {
  const last = lastSums.get(millis);
  if (last?.instant === instant) return last.sum;
  const sum = instantOf(millisOf(instant) + millis);
  if (last === undefined && lastSums.size >= lastSumsMax) lastSums.clear();
  lastSums.set(millis, { instant, sum });
  return sum;
};

export const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);
export const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);
