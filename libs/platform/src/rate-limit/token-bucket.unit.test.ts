import { describe, expect, it } from 'vitest';
import { burstSeconds, createRateLimit } from './token-bucket.js';

const drain = (limit: ReturnType<typeof createRateLimit>, key: string, at: number): number => {
  let passed = 0;
  while (limit.take(key, at) === 0) passed++;
  return passed;
};

describe('the rate of a key', () => {
  it('lets a burst through, then as many as its rate refills', () => {
    const limit = createRateLimit(10);
    expect(drain(limit, 'a', 0)).toBe(10 * burstSeconds);
    expect(drain(limit, 'a', 500)).toBe(5);
    expect(drain(limit, 'a', 60_000)).toBe(10 * burstSeconds);
  });

  it('is a matter of one key', () => {
    const limit = createRateLimit(1);
    drain(limit, 'a', 0);
    expect(limit.take('b', 0)).toBe(0);
  });

  it('says after how many whole seconds to come again', () => {
    const limit = createRateLimit(1);
    drain(limit, 'a', 0);
    expect(limit.take('a', 0)).toBe(1);
  });
});
