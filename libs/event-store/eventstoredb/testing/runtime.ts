import type { Clock } from '#event-sourcing';

/** The clock of this machine. */
export const machineClock: Clock = {
  now: () => new Date().toISOString(),
  sleep: (millis, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, millis);
      signal?.addEventListener('abort', wake);
      if (signal?.aborted === true) wake();
    }),
};
