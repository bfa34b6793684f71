const offsetPattern = /^GMT(?:([+-])(\d\d):(\d\d))?$/u;

/** One for each zone: to make one takes 90 µs and to ask it 7, and a feed has hundreds of dates. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** There are some 600 zones. */
const formatsMax = 1_000;

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  if (formats.size >= formatsMax) formats.clear();
  formats.set(zone, format);
  return format;
};

const offsetName = (zone: string, atMillis: number): string =>
  formatOf(zone)
    .formatToParts(atMillis)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds; undefined for a name that is none. */
export const offsetMillisAt = (zone: string, atMillis: number): number | undefined => {
  try {
    const parts = offsetPattern.exec(offsetName(zone, atMillis));
    if (parts === null) return undefined;
    const [, sign, hours = '0', minutes = '0'] = parts;
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  } catch {
    return undefined;
  }
};

const dayMillis = 86_400_000;

/**
 * The moment at which clocks of a zone showed this, in milliseconds since 1970; undefined for a zone that is none. An hour
 * that comes twice is taken as the first: a date is then never later than it was, and the same with every reading.
 *
 * @param wallMillis what the clocks showed, counted as if it were UTC
 */
export const instantIn = (zone: string, wallMillis: number): number | undefined => {
  const before = offsetMillisAt(zone, wallMillis - dayMillis);
  const after = offsetMillisAt(zone, wallMillis + dayMillis);
  if (before === undefined || after === undefined) return undefined;
  const possible = [wallMillis - before, wallMillis - after].filter(
    (millis) => wallMillis - millis === offsetMillisAt(zone, millis),
  );
  return possible.length === 0 ? wallMillis - before : Math.min(...possible);
};
