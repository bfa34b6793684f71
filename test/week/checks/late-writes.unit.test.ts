import { expect, it } from 'vitest';
import { lateAfter, lateMillisMax, type LateWrite } from './late-writes.js';

const at = 1_000_000;
const [first, second] = [at, at + 1_000].map((came) => ({ at: came }) as LateWrite);
const late = [first, second].filter((one) => one !== undefined);

it('a row that a request has written late has a minute to be right again', () => {
  expect(lateAfter(late, at + lateMillisMax, () => false)).toEqual({ right: [], overdue: [], still: late });
  expect(lateAfter(late, at + lateMillisMax, () => true)).toEqual({ right: late, overdue: [], still: [] });
});

it('control: one that is not right by then is found, once', () => {
  const { overdue, still } = lateAfter(late, at + lateMillisMax + 1, () => false);
  expect([overdue, still]).toEqual([[first], [second]]);
});
