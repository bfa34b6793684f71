/* The only use of Date in this lib: calculations on their argument, none reads a clock. */
/* eslint-disable no-restricted-globals */

const dayMillis = 86_400_000;

/** The instant so many days (of 24 hours) after another; below 0: before. */
export const plusDays = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * dayMillis).toISOString();

/** When the day of an instant is over, in UTC. */
export const endOfDay = (instant: string): string =>
  new Date((Math.floor(Date.parse(instant) / dayMillis) + 1) * dayMillis).toISOString();
