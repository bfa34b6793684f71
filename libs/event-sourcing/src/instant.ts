/**
 * A moment as RFC 3339 text in UTC with exactly three decimals, `2026-03-01T09:30:00.000Z`.
 * One fixed width, so two instants compare as strings (`<`, `>`), in code and in SQL alike.
 */
export type Instant = string;

/* The only use of Date in a pure lib: both functions are calculations on their argument, neither reads a clock. */
/* eslint-disable no-restricted-globals */

/** Milliseconds since 1970 of an instant. */
export const millisOf = (instant: Instant): number => Date.parse(instant);

/** The instant that is `millis` milliseconds after 1970. */
export const instantOf = (millis: number): Instant => new Date(millis).toISOString();

/* eslint-enable no-restricted-globals */

/** The instant `millis` milliseconds after (negative: before) the given one. */
export const plus = (instant: Instant, millis: number): Instant => instantOf(millisOf(instant) + millis);

export const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);
export const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);
