import { expect, it } from 'vitest';
import { startTurns } from './turns.js';

it('begins a turn when all before it have passed on, in whatever order they do', async () => {
  const turns = startTurns();
  const began: number[] = [];
  const taken = [0, 1, 2, 3].map((index) => {
    const turn = turns.take();
    void turn.begins.then(() => began.push(index));
    return turn;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  expect(began).toEqual([0]);
  taken[2]?.passOn();
  taken[1]?.passOn();
  await settle();
  expect(began).toEqual([0]);
  taken[0]?.passOn();
  await settle();
  expect(began).toEqual([0, 1, 2, 3]);
});
