import type { Pause, PausePoint } from './context.js';

/** A gate that a test opens: the acts that it holds have read and not yet written. */
export type Gate = {
  readonly pause: Pause;
  readonly waiting: () => number;
  /** Lets those go on who wait. */
  readonly open: () => void;
};

/** @param holds which points wait; all of them by default */
export const createGate = (holds: (point: PausePoint) => boolean = () => true): Gate => {
  const waiting = new Set<() => void>();
  return {
    pause: (point) => (holds(point) ? new Promise<void>((resolve) => void waiting.add(resolve)) : undefined),
    waiting: () => waiting.size,
    open: () => {
      const released = [...waiting];
      waiting.clear();
      released.forEach((go) => go());
    },
  };
};
