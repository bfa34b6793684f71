import { describe, expect, it } from 'vitest';
import { batchesOf, busyRowsMax, type DueWrite } from './order-of-writes.js';

const due = (row: string, believed: number, target: number, more: Partial<DueWrite> = {}): DueWrite => ({
  ...{ row, believed, target, soldPerDay: 0, isBusy: false },
  ...more,
});
const namesOf = (batches: readonly (readonly DueWrite[])[]) => batches.map((batch) => batch.map(({ row }) => row));

describe('the order of writes', () => {
  it('falls go before rises, what is nearly sold out first, then what sells best', () => {
    const all = [
      due('rise', 3, 9),
      due('fall to 5, slow', 9, 5),
      due('fall to 0', 4, 0),
      due('fall to 5, sells', 9, 5, { soldPerDay: 7 }),
      due('rise from 0', 0, 9),
    ];
    expect(namesOf(batchesOf(all, 10))).toEqual([
      ['fall to 0', 'fall to 5, sells', 'fall to 5, slow'],
      ['rise from 0', 'rise'],
    ]);
  });

  it('rows that are being bought go in small requests, before the others of their kind', () => {
    const busy = Array.from({ length: busyRowsMax + 1 }, (_, index) => due(`busy ${index}`, 9, 1, { isBusy: true }));
    const idle = Array.from({ length: 60 }, (_, index) => due(`idle ${index}`, 9, 0));
    expect(batchesOf([...idle, ...busy], 50).map(({ length }) => length)).toEqual([busyRowsMax, 1, 50, 10]);
  });

  it('nothing is due, nothing goes out', () => {
    expect(batchesOf([], 50)).toEqual([]);
  });
});
