import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allows, either, isZero, setOf, sum, times, valuesMax } from './number-set.js';

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 4 });

describe('a set of numbers', () => {
  it('is ascending, each number once', () => {
    expect(setOf([3, -0, 3, 0, -2])).toEqual([-2, 0, 3]);
  });

  it('says nothing when it grows too large', () => {
    const many = Array.from({ length: valuesMax + 1 }, (_, at) => at);
    expect(setOf(many.slice(1))).toHaveLength(valuesMax);
    expect(setOf(many)).toBe('unknown');
    expect(sum('unknown', [1])).toBe('unknown');
    expect(either([1], 'unknown')).toBe('unknown');
    expect(times('unknown', 2)).toBe('unknown');
    expect(times('unknown', 0)).toEqual([0]);
  });

  it('allows the sum of what its parts allow, and what either allows', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.nat(3), fc.nat(3), (a, b, i, j) => {
        const [x, y] = [a[i % a.length]!, b[j % b.length]!];
        expect(allows(sum(setOf(a), setOf(b)), x + y)).toBe(true);
        expect(allows(either(setOf(a), setOf(b)), x)).toBe(true);
        expect(allows(times(setOf(a), 3), 3 * x)).toBe(true);
      }),
    );
  });

  it('control: allows nothing else', () => {
    expect(allows([1, 3], 2)).toBe(false);
    expect(isZero([0, 1])).toBe(false);
    expect(isZero([0])).toBe(true);
  });
});
