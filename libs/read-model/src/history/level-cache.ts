import type { Counts } from '../balances/counts.js';
import type { Checkpoint } from '#event-sourcing';

/** Places whose levels stay in memory between two batches; beyond, all are forgotten and read again as needed. */
const levelsMax = 50_000;

/**
 * Levels as they stand at one checkpoint. Folding changes them in place, so until the batch is committed nobody knows
 * what they are worth: `startingFrom` hands them out and forgets, `keep` takes them back under the new checkpoint.
 */
export const levelCache = () => {
  let levels = new Map<string, Counts>();
  let standingAt: string | undefined;
  return {
    startingFrom: (checkpoint: Checkpoint | undefined): Map<string, Counts> => {
      if (checkpoint === undefined || standingAt !== checkpoint.eventId || levels.size > levelsMax) levels = new Map();
      standingAt = undefined;
      return levels;
    },
    keep: (checkpoint: Checkpoint | undefined): void => {
      standingAt = checkpoint?.eventId;
    },
  };
};
