import type { Pause } from './context.js';

/** Turns of the event loop that a divided act waits at most: enough for several others to come in between. */
const turnsMax = 4;

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Divides acts by chance, the same for the same numbers every time. @param share of the writings that wait, 0 to 1 */
export const pauseAtRandom =
  (random: () => number, share = 0.5): Pause =>
  () => {
    if (random() >= share) return undefined;
    return waitTurns(1 + Math.floor(random() * turnsMax));
  };

const waitTurns = async (turns: number): Promise<void> => {
  for (let waited = 0; waited < turns; waited += 1) await turn();
};

/** A gate that a test opens: the acts that it holds have read and not yet written. */
export type Gate = {
  readonly pause: Pause;
  readonly waiting: () => number;
  /** When one waits, or at once where one waits already. */
  readonly arrived: () => Promise<void>;
  /** Lets those go on who wait. */
  readonly open: () => void;
};

/** @param holds which pauses wait; all of them by default */
export const createGate = (holds: (at: Parameters<Pause>[0]) => boolean = () => true): Gate => {
  const waiting = new Set<() => void>();
  const watching = new Set<() => void>();
  return {
    pause: (at) => {
      if (!holds(at)) return undefined;
      const held = new Promise<void>((resolve) => void waiting.add(resolve));
      watching.forEach((tell) => tell());
      watching.clear();
      return held;
    },
    waiting: () => waiting.size,
    arrived: async () => {
      if (waiting.size === 0) await new Promise<void>((resolve) => void watching.add(resolve));
    },
    open: () => {
      const released = [...waiting];
      waiting.clear();
      released.forEach((go) => go());
    },
  };
};
