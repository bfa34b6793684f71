import type { Millis } from '#channel-kit';
import { createBackoff } from './rhythm.js';

/** When something that has failed is tried again: later and later, and at once after it has worked. */
export type Retry = {
  /** Not before; in the past where it has worked. Milliseconds since 1970. */
  readonly at: () => Millis;
  readonly failed: () => void;
  readonly worked: () => void;
};

export const createRetry = (now: () => Millis): Retry => {
  const backoff = createBackoff();
  let at = Number.NEGATIVE_INFINITY;
  return {
    at: () => at,
    failed: () => {
      at = now() + backoff.next();
    },
    worked: () => {
      at = Number.NEGATIVE_INFINITY;
      backoff.reset();
    },
  };
};
