/** Wakes those who wait for something to have happened; whoever waits afterwards waits for the next time. */
export type Bell = {
  readonly ring: () => void;
  /** How often it has rung: tells whether it did between two moments. */
  readonly rings: () => number;
  /** Resolves at the next ring, after `millis`, or when the signal aborts. */
  readonly heard: (millis: number, signal?: AbortSignal) => Promise<void>;
};

export const createBell = (): Bell => {
  let listeners = new Set<() => void>();
  let rings = 0;
  return {
    ring: () => {
      rings += 1;
      const woken = listeners;
      listeners = new Set();
      for (const wake of woken) wake();
    },
    rings: () => rings,
    heard: (millis, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          listeners.delete(done);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, millis);
        listeners.add(done);
        signal?.addEventListener('abort', done);
      }),
  };
};
