import { type Instant, instantOf } from '#event-sourcing';

const inLondon = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** The milliseconds by which London's clocks are ahead of UTC at that whole minute. */
const offsetAt = (millis: number): number => {
  const shown = Object.fromEntries(inLondon.formatToParts(millis).map(({ type, value }) => [type, value]));
  return Date.parse(`${shown['year']}-${shown['month']}-${shown['day']}T${shown['hour']}:${shown['minute']}Z`) - millis;
};

const wallMillis = (minute: string): number => Date.parse(`${minute.replace(' ', 'T')}:00.000Z`);

/**
 * The instant of a UK wall-clock minute (`2011-06-30 14:05`). The hour that happens twice in autumn is taken as its first
 * pass; a minute that spring skips is taken as if the clocks had not moved yet.
 */
export const londonInstant = (minute: string): Instant => {
  const wall = wallMillis(minute);
  const before = offsetAt(wall - 3 * 3_600_000);
  const first = wall - before;
  const skipped = offsetAt(first) !== before && offsetAt(wall - offsetAt(first)) !== offsetAt(first);
  return instantOf(skipped || offsetAt(first) === before ? first : wall - offsetAt(first));
};

const dayMillis = 86_400_000;
const dateCharacters = 'YYYY-MM-DD'.length;

/** By how much London is ahead all day long; undefined where its clocks may change, which they do months apart. */
const offsetAllDay = (date: string): number | undefined => {
  const midnight = Date.parse(date);
  const before = offsetAt(midnight - dayMillis);
  return before === offsetAt(midnight + 2 * dayMillis) ? before : undefined;
};

/** The same for minutes in about the order of time: each day is looked up once, and the last minutes are remembered. */
export const rememberingLondon = (minutesMax = 1_024): ((minute: string) => Instant) => {
  const known = new Map<string, Instant>();
  let date: string | undefined;
  let offset: number | undefined;
  const look = (minute: string): Instant => {
    if (date === undefined || !minute.startsWith(date)) {
      date = minute.slice(0, dateCharacters);
      offset = offsetAllDay(date);
    }
    return offset === undefined ? londonInstant(minute) : instantOf(wallMillis(minute) - offset);
  };
  return (minute) => {
    const remembered = known.get(minute);
    if (remembered !== undefined) return remembered;
    if (known.size >= minutesMax) known.clear();
    const instant = look(minute);
    known.set(minute, instant);
    return instant;
  };
};
