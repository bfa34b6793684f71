import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOf, openingIn } from './opening.js';
import { UsageError } from './options.js';

it('reads figures in any order of the columns', () => {
  expect(openingIn('\u{feff}quantity,sku,location\n5,A,wh1\n-2, "B, blue" ,wh1\n\n')).toEqual([
    { sku: 'A', location: 'wh1', quantity: 5 },
    { sku: 'B, blue', location: 'wh1', quantity: -2 },
  ]);
});

it.each([
  ['sku,location\nA,wh1\n', /line 2/],
  ['sku,location,quantity\nA,wh1,5\nB,wh1,1.5\n', /line 3/],
  ['sku,location,quantity\nA,wh1,5\n,wh1,5\n', /line 3/],
  ['sku,location,quantity\nA,wh1,5\nA,wh1,6\n', /twice/],
  ['sku,location,quantity\nA,wh1\n', /CSV/],
  ['sku,location,quantity\nA,wh1,99999999999\n', /line 2/],
])('%j is none', (text, why) => {
  expect(() => openingIn(text)).toThrow(UsageError);
  expect(() => openingIn(text)).toThrow(why);
});

it('a count has the same key each time, and another one for another place, SKU or moment', () => {
  const [at, later] = ['2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.001Z'];
  const figure = fc.record({ sku: fc.string(), location: fc.string(), quantity: fc.nat(9) });
  fc.assert(
    fc.property(figure, figure, (one, other) => {
      expect(countOf({ ...one, quantity: 3 }, at).sourceKey).toBe(countOf(one, at).sourceKey);
      expect(countOf(one, at).sourceKey).not.toBe(countOf(one, later).sourceKey);
      const isSame = one.sku === other.sku && one.location === other.location;
      expect(countOf(one, at).sourceKey === countOf(other, at).sourceKey).toBe(isSame);
      expect(countOf(one, at).sourceKey.length).toBeLessThanOrEqual(64);
    }),
  );
});
