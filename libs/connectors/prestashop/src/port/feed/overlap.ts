import { offsetMillisAt } from '../zone.js';

/** An order is written some time after the moment that it bears; so much of the shop's time is always read again. */
const overlapSecondsMin = 300;

/** Where clocks are set back an hour comes twice, and what bears it the second time lies behind the cursor. */
const overlapSecondsAtClockChange = 3_900;

const hourMillis = 3_600_000;
const changeHoursBefore = 3;
const changeHoursAfter = 1;

/** Seconds of the shop's time that are read again: 5 min, 65 min around a change of its clocks or where its zone is not known. */
export const overlapSeconds = (zone: string | undefined, nowMillis: number): number => {
  const before = zone === undefined ? undefined : offsetMillisAt(zone, nowMillis - changeHoursBefore * hourMillis);
  const after = zone === undefined ? undefined : offsetMillisAt(zone, nowMillis + changeHoursAfter * hourMillis);
  return before !== undefined && before === after ? overlapSecondsMin : overlapSecondsAtClockChange;
};
