import { expect, it } from 'vitest';
import { expectedOf } from './expected.js';
import { withMovement, type RowHistory } from './row-history.js';

const history: RowHistory = { base: { value: 10, span: { from: 0, to: 1 } }, writes: [], movements: [] };
const saidOf = (making: string | undefined, moved: readonly number[], from: number) => ({
  ...{ span: { from, to: from + 5 }, moved },
  ...(making !== undefined && { making }),
});

it('what is said last of an order that is being made takes the place of what was said before, since when that was', () => {
  const begun = withMovement(withMovement(history, saidOf('7', [-3, 0], 2)), saidOf('7', [-3, 0], 8));
  expect(expectedOf(begun)).toEqual([7, 10]);
  const made = withMovement(begun, saidOf('7', [-3], 20));
  expect([expectedOf(made), made.movements]).toEqual([[7], [{ span: { from: 2, to: 25 }, moved: [-3], making: '7' }]]);
});

it('another order, or another act of one that was made, is added', () => {
  const made = withMovement(history, saidOf('7', [-3], 2));
  const more = withMovement(withMovement(made, saidOf('8', [-1], 3)), saidOf(undefined, [3], 4));
  expect([expectedOf(more), more.movements.length]).toEqual([[9], 3]);
});
