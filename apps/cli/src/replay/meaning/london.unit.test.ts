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
});
