import { expect, it } from 'vitest';
import { startBounded } from './bounded.js';

it.each([
  [
    'one after the other',
    async (adds: (() => Promise<void>)[]) => {
      for (const add of adds) await add();
    },
  ],
  [
    'all at once',
    async (adds: (() => Promise<void>)[]) => {
      await Promise.all(adds.map((add) => add()));
    },
  ],
])('never has more under way than it may, added %s', async (_, addAll) => {
  const bounded = startBounded(3);
  let [underWay, most, done] = [0, 0, 0];
  const work = async (): Promise<void> => {
    most = Math.max(most, (underWay += 1));
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    done += 1;
  };
  await addAll(Array.from({ length: 20 }, () => () => bounded.add(work)));
  await bounded.idle();
  expect([most, done]).toEqual([3, 20]);
});

it('tells the first failure, and starts nothing after it', async () => {
  const bounded = startBounded(1);
  let started = 0;
  await bounded.add(() => Promise.reject(new Error('first')));
  await expect(bounded.add(() => Promise.resolve(void (started += 1)))).rejects.toThrow('first');
  await expect(bounded.idle()).rejects.toThrow('first');
  expect(started).toBe(0);
});
