import { expect, it } from 'vitest';
import { movedOnly, movesByRow, unitsByRow } from './by-row.js';

it('moves of a row are added up, each with each', () => {
  const moves = movesByRow([
    ['a', [0, -1]],
    ['b', [2]],
    ['a', [-1]],
    ['c', 'unknown'],
    ['c', [1]],
  ]);
  expect([...moves]).toEqual([
    ['a', [-2, -1]],
    ['b', [2]],
    ['c', 'unknown'],
  ]);
});

it('a row whose moves undo each other did not move, one that may have did', () => {
  const moves = movesByRow([
    ['a', [1]],
    ['a', [-1]],
    ['b', [0, 1]],
  ]);
  expect([...movedOnly(moves).keys()]).toEqual(['b']);
});

it('units are added up by row', () => {
  expect(
    unitsByRow([
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ]),
  ).toEqual(
    new Map([
      ['a', 4],
      ['b', 2],
    ]),
  );
});
