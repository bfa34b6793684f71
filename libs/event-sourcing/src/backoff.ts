import type { Clock, Random } from './runtime.js';

/** Waits that double from failure to failure, with jitter, until something succeeds. */
export type Backoff = {
  readonly wait: (signal?: AbortSignal) => Promise<void>;
  readonly succeeded: () => void;
};

export type BackoffBounds = { readonly backoffMillisMin: number; readonly backoffMillisMax: number };

/** Each wait is between half of its length and all of it: several processes do not come back at the same moment. */
export const createBackoff = (clock: Clock, random: Random, bounds: BackoffBounds): Backoff => {
  let failures = 0;
  return {
    wait: async (signal) => {
      const millis = Math.min(bounds.backoffMillisMin * 2 ** failures, bounds.backoffMillisMax);
      failures = Math.min(failures + 1, doublingsMax);
      await clock.sleep(millis * (0.5 + random() / 2), signal);
    },
    succeeded: () => {
      failures = 0;
    },
  };
};

const doublingsMax = 30;
