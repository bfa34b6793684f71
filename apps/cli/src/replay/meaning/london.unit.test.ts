import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { londonInstant, rememberingLondon } from './london.js';

describe('London wall-clock time', () => {
  it.each([
    ['2010-12-01 08:26', '2010-12-01T08:26:00.000Z', 'winter'],
    ['2011-06-30 14:05', '2011-06-30T13:05:00.000Z', 'summer'],
    ['2011-03-27 00:59', '2011-03-27T00:59:00.000Z', 'the last minute of winter'],
    ['2011-03-27 01:30', '2011-03-27T01:30:00.000Z', 'a minute that spring skips'],
    ['2011-03-27 02:00', '2011-03-27T01:00:00.000Z', 'the first minute of summer'],
    ['2011-10-30 00:59', '2011-10-29T23:59:00.000Z', 'before autumn'],
    ['2011-10-30 01:30', '2011-10-30T00:30:00.000Z', 'an hour that happens twice: its first pass'],
    ['2011-10-30 02:00', '2011-10-30T02:00:00.000Z', 'the first minute after it'],
    ['1970-01-15 12:00', '1970-01-15T11:00:00.000Z', 'a winter without winter time'],
  ])('%s is %s: %s', (minute, instant) => {
    expect(londonInstant(minute)).toBe(instant);
  });

  it('remembers and forgets without a difference', () => {
    const remembered = rememberingLondon(2);
    const minutes = [
      '2011-06-30 14:05',
      '2011-06-30 14:05',
      '2011-12-01 08:26',
      '2011-10-30 01:30',
      '2011-06-30 14:05',
    ];
    expect(minutes.map(remembered)).toEqual(minutes.map(londonInstant));
  });

  it('looks days up without a difference, on whatever days the clocks change', () => {
    const around = fc.constantFrom('1970-01-15', '1971-10-31', '1981-03-29', '2011-03-27', '2011-10-30', '2023-03-26');
    const days = fc.oneof(
      fc.tuple(around, fc.integer({ min: -3, max: 3 })),
      fc.tuple(fc.constant('2011-01-01'), fc.integer({ min: -40 * 365, max: 30 * 365 })),
    );
    const minuteOf = ([date, later]: [string, number], minute: number): string =>
      new Date(Date.parse(date) + later * 86_400_000 + minute * 60_000).toISOString().slice(0, 16).replace('T', ' ');
    const minutes = fc.array(
      fc.tuple(days, fc.integer({ min: 0, max: 1_439 })).map(([day, minute]) => minuteOf(day, minute)),
    );
    fc.assert(
      fc.property(minutes, (some) => {
        expect(some.map(rememberingLondon())).toEqual(some.map(londonInstant));
      }),
    );
  });
});
