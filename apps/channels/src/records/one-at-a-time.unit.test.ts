import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.js';

/** Work that ends when the test says so. */
const heldWork = () => {
  const ends: ((error?: Error) => void)[] = [];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  return { ends, work };
};

it('runs once more for all who ask while it runs, and not beside it', async () => {
  const { ends, work } = heldWork();
  const ask = oneAtATime(work);
  const asked = [ask(), ask(), ask()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await asked[0];
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await Promise.all(asked);
  expect(ends).toHaveLength(2);
});

it('goes on after a failure, which those hear who waited for it', async () => {
  const { ends, work } = heldWork();
  const ask = oneAtATime(work);
  const [first, second] = [ask(), ask()];
  ends[0]?.(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await second;
});
