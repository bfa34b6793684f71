import { expect, it } from 'vitest';
import { endWithin } from './end-within.js';

const never = new Promise<never>(() => undefined);

it('waits for work that ends', async () => {
  const order: string[] = [];
  const work = new Promise<void>((resolve) => setImmediate(resolve)).then(() => order.push('ended'));
  await endWithin(60_000, work, () => order.push('cut'));
  expect(order).toEqual(['ended']);
});

it('leaves behind work that does not end, and says so', async () => {
  const told: string[] = [];
  await endWithin(1, never, () => told.push('cut'));
  expect(told).toEqual(['cut']);
});

it('fails with work that fails', async () => {
  await expect(endWithin(60_000, Promise.reject(new Error('broken')), () => undefined)).rejects.toThrow('broken');
});
