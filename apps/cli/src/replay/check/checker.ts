import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Position } from '#event-sourcing';

/** Checks every invariant of the log and of what was projected from it, reading along while the log still grows. */
export type Checker = {
  /** The log ends here: what is broken, a line each. */
  readonly finish: (head: Position | undefined) => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
};

/** What the thread is given, what it is told, and what it answers. */
export type CheckerStart = { readonly serviceUrl: string };
export type CheckerOrder = { readonly head: Position | undefined };
export type CheckerAnswer = { readonly broken: readonly string[] };

/** A year's streams and balances take 30 MB, and 60 MB with what is collected only now and then (seen). */
const resourceLimits = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 24 };

/**
 * On a thread of its own: hashing and folding a year once more takes as long as half of playing it, and the second core
 * has time (measured over a year: 43 s after the play became 2 to 3 s).
 */
export const startChecker = (start: CheckerStart): Checker => {
  // The command line's young generation is for the thread that plays: given as a flag it would outrank the limits here.
  setFlagsFromString('--max-semi-space-size=0');
  const thread = new Worker(new URL('./checker-thread.js', import.meta.url), { workerData: start, resourceLimits });
  const answered = once(thread, 'message');
  // A failure of the thread is told to whoever finishes.
  answered.catch(() => undefined);
  return {
    finish: async (head) => {
      thread.postMessage({ head } satisfies CheckerOrder);
      const [{ broken }] = (await answered) as [CheckerAnswer];
      return broken;
    },
    stop: async () => {
      await thread.terminate();
    },
  };
};
