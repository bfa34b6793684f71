import { setTimeout as wait } from 'node:timers/promises';

/** Ends after so many milliseconds or with the signal. Nobody's process lives on for it alone. */
export type Pause = (signal: AbortSignal) => Promise<void>;

export const pauseOf =
  (millis: number): Pause =>
  async (signal) => {
    await wait(millis, undefined, { ref: false, signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  };
