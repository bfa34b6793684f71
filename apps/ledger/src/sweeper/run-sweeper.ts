import type { Pause } from './pause.js';
import { sweepSkus, type SweepParts } from './sweep-skus.js';

export type SweeperParts = SweepParts & {
  /** Between two rounds. */
  readonly pause: Pause;
};

/**
 * Sweeps round after round until the signal aborts. A round that fails is told to `onTrouble`, and the next one comes:
 * nothing depends on a sweep but that holds which count for nothing leave the balances, and that owed units are served
 * beyond the hundred lines of one append.
 */
export const runSweeper = async (parts: SweeperParts, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await sweepSkus(parts, signal);
    } catch (error) {
      parts.onTrouble?.('sweeper', error);
    }
    await parts.pause(signal);
  }
};
