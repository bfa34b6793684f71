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

/**
 * The instant of a UK wall-clock minute (`2011-06-30 14:05`). The hour that happens twice in autumn is taken as its first
 * pass; a minute that spring skips is taken as if the clocks had not moved yet.
 */
export const londonInstant = (minute: string): Instant => {
  const wall = Date.parse(`${minute.replace(' ', 'T')}:00.000Z`);
  const before = offsetAt(wall - 3 * 3_600_000);
  const first = wall - before;
  const skipped = offsetAt(first) !== before && offsetAt(wall - offsetAt(first)) !== offsetAt(first);
  return instantOf(skipped || offsetAt(first) === before ? first : wall - offsetAt(first));
};

/** The same, remembering the last minutes: a file in order of time asks for each of them many times in a row. */
export const rememberingLondon = (minutesMax = 1_024): ((minute: string) => Instant) => {
  const known = new Map<string, Instant>();
  return (minute) => {
    const remembered = known.get(minute);
    if (remembered !== undefined) return remembered;
    if (known.size >= minutesMax) known.clear();
    const instant = londonInstant(minute);
    known.set(minute, instant);
    return instant;
  };
};
