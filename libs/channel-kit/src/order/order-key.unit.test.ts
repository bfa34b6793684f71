import { expect, it } from 'vitest';
import { orderKeyOf } from './order-key.js';

it.each([
  ['XKBKNABJK', '12-XKBKNABJK'],
  ['x'.repeat(53), `12-${'x'.repeat(53)}`],
  ['', '12-1790000000'],
  ['of an import', '12-1790000000'],
  ['é', '12-1790000000'],
  ['x'.repeat(54), '12-1790000000'],
])('an order that bears "%s" is known as %s', (mark, key) => {
  expect(orderKeyOf(12, mark, 1_790_000_000)).toBe(key);
});

it('no key is longer than the ledger takes', () => {
  expect(orderKeyOf(9_999_999_999, 'x'.repeat(53), 0)).toHaveLength(64);
});
