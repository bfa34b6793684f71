import { expect, it } from 'vitest';
import { createRetry } from './retry.js';

const retryAt = (start: number) => {
  let now = start;
  const retry = createRetry(() => now);
  const failFor = (times: number): readonly number[] =>
    Array.from({ length: times }, () => {
      retry.failed();
      const waited = retry.at() - now;
      now = retry.at();
      return waited;
    });
  return { retry, failFor };
};

it('is at once until it has failed, and again when it has worked', () => {
  const { retry, failFor } = retryAt(5_000);
  expect(retry.at()).toBeLessThan(5_000);
  failFor(3);
  retry.worked();
  expect(retry.at()).toBeLessThan(5_000);
});

it('is later and later, at most half a minute', () => {
  const waited = retryAt(0).failFor(20);
  expect(Math.min(...waited)).toBeGreaterThan(0);
  expect(Math.max(...waited)).toBeLessThanOrEqual(30_000);
  expect(Math.max(...waited.slice(10))).toBeGreaterThan(Math.max(...waited.slice(0, 2)));
});
