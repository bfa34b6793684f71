import { expect, it } from 'vitest';
import { startBounded } from './bounded.js';

it('never has more under way than it may', async () => {
  const bounded = startBounded(3);
  let [underWay, most, done] = [0, 0, 0];
  for (let index = 0; index < 20; index += 1)
    await bounded.add(async () => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      done += 1;
    });
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
