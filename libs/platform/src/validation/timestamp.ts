const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/u;

/**
 * A moment as RFC 3339 writes it, with a zone, as UTC with three decimals (further ones are cut). undefined: not one:
 * without a zone, a day that does not exist, a leap second.
 */
export const parseTimestamp = (text: string): string | undefined => {
  const [, year, month, day, hour, minute, second, , zone] = shape.exec(text) ?? [];
  if (zone === undefined || !isZone(zone)) return undefined;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const millis = Date.parse(withMillis(text, zone));
  return Number.isNaN(millis) || outsideYears(millis) ? undefined : new Date(millis).toISOString();
};

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

const isZone = (zone: string): boolean =>
  zone === 'Z' || (Number(zone.slice(1, 3)) <= 23 && Number(zone.slice(4, 6)) <= 59);

/** A zone may push the last hours of year 0 or 9999 out of four digits: instants have one fixed width. */
const outsideYears = (millis: number): boolean => !/^\d{4}-/u.test(new Date(millis).toISOString());

const withMillis = (text: string, zone: string): string => {
  const local = text.slice(0, text.length - zone.length);
  const [whole, decimals = ''] = local.split('.');
  return `${whole}.${decimals.slice(0, 3).padEnd(3, '0')}${zone}`;
};
