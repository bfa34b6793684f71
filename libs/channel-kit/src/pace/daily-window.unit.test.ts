import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyWindowOf, isWithin } from './daily-window.js';

const at = (text: string): number => Date.parse(`2026-03-02T${text}Z`);
const within = (from: string, to: string, text: string): boolean | undefined => {
  const window = dailyWindowOf({ from, to });
  return window && isWithin(window, at(text));
};

describe('a window of every day', () => {
  it.each([
    ['02:00', '03:30', '01:59:59', false],
    ['02:00', '03:30', '02:00:00', true],
    ['02:00', '03:30', '03:29:59', true],
    ['02:00', '03:30', '03:30:00', false],
    ['23:00', '01:00', '23:30:00', true],
    ['23:00', '01:00', '00:59:00', true],
    ['23:00', '01:00', '12:00:00', false],
  ])('from %s to %s, at %s: %j', (from, to, text, is) => {
    expect(within(from, to, text)).toBe(is);
  });

  it('is every moment in it or in the one that begins at its end', () => {
    const time = fc.nat(1_439).map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));
    fc.assert(
      fc.property(time, time, fc.nat(86_399), (from, to, second) => {
        fc.pre(from !== to);
        const text = new Date(second * 1_000).toISOString().slice(11, 19);
        expect(within(from, to, text)).toBe(within(to, from, text) === false);
      }),
    );
  });

  it.each([
    [undefined],
    ['02:00-03:00'],
    [{}],
    [{ from: '02:00' }],
    [{ from: '2:00', to: '03:00' }],
    [{ from: '24:00', to: '03:00' }],
    [{ from: '02:00', to: '02:00' }],
    [{ from: '02:00', to: '03:00', zone: 'UTC' }],
  ])('is not %j', (value) => {
    expect(dailyWindowOf(value)).toBeUndefined();
  });
});
