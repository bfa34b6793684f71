import { expect, it } from 'vitest';
import { lineCounts, soldIds, unitsOfLine } from './line-units.js';

it('units of a line are those of this line', () => {
  const parts = [
    { lineId: 7, quantity: 2 },
    { lineId: 8, quantity: 4 },
    { lineId: 7, quantity: 1 },
  ];
  expect([7, 8, 9].map((line) => unitsOfLine(parts, line))).toEqual([3, 4, 0]);
});

it('a product without a variant is sold by itself', () => {
  expect([soldIds(12, 0), soldIds(12, 13)]).toEqual([{ product: '12' }, { product: '12', variant: '13' }]);
});

it.each([
  [
    { ordered: 3, cancelled: 1, hasLeft: false },
    { ordered: 3, cancelled: 1, shipped: 0 },
  ],
  [
    { ordered: 3, cancelled: 1, hasLeft: true },
    { ordered: 3, cancelled: 1, shipped: 2 },
  ],
  [
    { ordered: 3, cancelled: 5, hasLeft: true },
    { ordered: 3, cancelled: 3, shipped: 0 },
  ],
  [
    { ordered: -2, cancelled: 0, hasLeft: true },
    { ordered: 0, cancelled: 0, shipped: 0 },
  ],
])('a line %o counts %o', (given, counts) => {
  expect(lineCounts(given)).toEqual(counts);
});
