import { describe, expect, it } from 'vitest';
import { parseInt8, parseTimestamp } from './values.js';

describe('int8', () => {
  it.each([0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('%d is the number', (value) => {
    expect(parseInt8(String(value))).toBe(value);
  });

  it.each(['9007199254740992', '-9007199254740992', '9223372036854775807'])('%s is refused, not rounded', (text) => {
    expect(() => parseInt8(text)).toThrow(RangeError);
  });
});

describe('timestamptz', () => {
  it.each([
    ['2026-03-01 09:30:00+00', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01 09:30:00.123987+00', '2026-03-01T09:30:00.123Z'],
    ['2026-03-01 10:30:00.5+01', '2026-03-01T09:30:00.500Z'],
  ])('%s', (text, instant) => {
    expect(parseTimestamp(text)).toBe(instant);
  });
});
