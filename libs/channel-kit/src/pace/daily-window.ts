/** A time of every day, in minutes after midnight UTC; its end is not part of it and may lie on the next day. */
export type DailyWindow = { readonly fromMinute: number; readonly toMinute: number };

const dayMinutes = 1_440;
const minuteMillis = 60_000;
const clockTime = /^([01]\d|2[0-3]):([0-5]\d)$/u;

const minuteOf = (text: unknown): number | undefined => {
  const [, hours, minutes] = (typeof text === 'string' ? clockTime.exec(text) : null) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Reads `{"from": "02:00", "to": "03:30"}`; undefined: it is something else, or no time at all. */
export const dailyWindowOf = (value: unknown): DailyWindow | undefined => {
  if (!isRecord(value) || Object.keys(value).some((name) => name !== 'from' && name !== 'to')) return undefined;
  const [fromMinute, toMinute] = [minuteOf(value['from']), minuteOf(value['to'])];
  if (fromMinute === undefined || toMinute === undefined || fromMinute === toMinute) return undefined;
  return { fromMinute, toMinute };
};

/** @param millis a moment, in milliseconds since 1970 */
export const isWithin = ({ fromMinute, toMinute }: DailyWindow, millis: number): boolean => {
  const after = (Math.floor(millis / minuteMillis) - fromMinute + dayMinutes) % dayMinutes;
  return after < (toMinute - fromMinute + dayMinutes) % dayMinutes;
};
