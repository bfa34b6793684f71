import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnePosition, logPositionOf, positionOfRecord } from './log-position.js';

const place = (number: number | bigint) => ({ commit: String(number), prepare: String(number) });

describe('a position in the log', () => {
  it('is there and back the same, and compares as its number does', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (one, other) => {
        expect(logPositionOf(positionOfRecord(place(one)))).toEqual(place(one));
        expect(positionOfRecord(place(one)) < positionOfRecord(place(other))).toBe(one < other);
      }),
    );
  });

  it('that no number can hold, or that is two, is an error and no guess', () => {
    const beyond = place(2n ** 53n);
    const two = { commit: '200', prepare: '100' };
    expect(() => positionOfRecord(beyond)).toThrow(RangeError);
    expect(() => positionOfRecord(two)).toThrow(RangeError);
    expect([beyond, two, place(5)].map(isOnePosition)).toEqual([false, false, true]);
  });
});
