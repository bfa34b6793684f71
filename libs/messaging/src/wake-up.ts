/** Tells those who wait that something has come. Who begins to wait afterwards waits for the next time. */
export type WakeUp = {
  readonly notify: () => void;
  /** Resolves when notified, after `millisMax`, or when the signal aborts. */
  readonly next: (signal: AbortSignal, millisMax?: number) => Promise<void>;
};

export const createWakeUp = (): WakeUp => {
  const waiting = new Set<() => void>();
  return {
    notify: () => {
      for (const wake of [...waiting]) wake();
    },
    next: (signal, millisMax) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = millisMax === undefined ? undefined : setTimeout(wake, millisMax);
        waiting.add(wake);
        signal.addEventListener('abort', wake);
        if (signal.aborted) wake();
      }),
  };
};
