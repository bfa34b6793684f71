import { setTimeout as wait } from 'node:timers/promises';

/**
 * A start or a stop that takes longer than this is stuck: on an idle machine each takes well under three seconds, on one
 * that does much else ten times as long and more.
 */
export const startMillisMax = 180_000;
export const stopMillisMax = 60_000;

/** @throws Error naming what was waited for, when it takes longer */
export const within = async <T>(what: string, millisMax: number, work: Promise<T>): Promise<T> => {
  const done = new AbortController();
  const late = wait(millisMax, undefined, { signal: done.signal }).then(
    () => Promise.reject(new Error(`${what} took longer than ${millisMax / 1_000} s`)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
};
