import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptBounds, type KeptRows, startKeeper } from './kept-rows.js';
import type { Row } from './row.js';

const text = fc.oneof(fc.constantFrom('', '536365', '85123A'), fc.string({ unit: 'binary' }));
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  line: fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER }),
  invoice: text,
  sku: text,
  description: text,
  quantity: fc.maxSafeInteger(),
  minute: text,
  free: fc.boolean(),
  customer: text,
});

const roomy: KeptBounds = { rowsMax: 100_000, charactersMax: 1_000_000 };

const keep = (rows: readonly Row[], bounds = roomy): KeptRows | undefined => {
  const keeper = startKeeper(bounds);
  rows.forEach(keeper.add);
  return keeper.kept();
};

const allOf = ({ count, rowAt }: KeptRows): Row[] => Array.from({ length: count }, (_, index) => rowAt(index));

it('gives every row back as it was, in order', () => {
  fc.assert(
    fc.property(fc.array(rowArbitrary), (rows) => {
      expect(allOf(keep(rows)!)).toEqual(rows);
    }),
  );
});

const row: Row = {
  line: 2,
  invoice: '1',
  sku: '22',
  description: 'A THING',
  quantity: 1,
  minute: '2010-12-01 08:26',
  free: false,
  customer: '',
};

describe('rows of several blocks', () => {
  const rows = Array.from({ length: 140_000 }, (_, index) => ({
    ...row,
    line: index + 2,
    invoice: `${index % 7_000}`,
  }));
  const roomier = { ...roomy, rowsMax: rows.length };

  it('are given back as often as wanted', () => {
    const kept = keep(rows, roomier)!;
    expect(allOf(kept)).toEqual(rows);
    expect(allOf(kept)).toEqual(rows);
  });

  it('are given back once more and forgotten', () => {
    const kept = keep(rows, roomier)!;
    expect(rows.map((_, index) => kept.takeAt(index))).toEqual(rows);
    expect(() => kept.rowAt(0)).toThrow('Row 0 is not kept, or was taken');
  });
});

it('keeps all or nothing: as many rows as may be kept, none of one more', () => {
  expect(keep([row, row, row], { ...roomy, rowsMax: 3 })?.count).toBe(3);
  expect(keep([row, row, row, row], { ...roomy, rowsMax: 3 })).toBeUndefined();
  expect(keep([row, row, row, row, row], { ...roomy, rowsMax: 3 })).toBeUndefined();
});

it('counts the characters of different texts once, and keeps nothing when there are more', () => {
  const charactersMax = '1'.length + '22'.length + 'A THING'.length + '2010-12-01 08:26'.length;
  expect(keep([row, row, row], { ...roomy, charactersMax })?.count).toBe(3);
  expect(keep([row, { ...row, customer: '7' }], { ...roomy, charactersMax })).toBeUndefined();
});
