import type { Offset } from './message.js';
import type { PartitionAlarm, PartitionPosition, PartitionStatus } from './ports.js';

/** What a partition holds: the first offset there is, and the one that the next message will get. */
export type PartitionBounds = { readonly low: Offset; readonly high: Offset };

/**
 * What a position tells that does not fit the partition any more; undefined while going on loses nothing. A position at
 * `low` has lost nothing: everything below it was decided.
 */
export const alarmReason = (
  { next }: PartitionPosition,
  { low, high }: PartitionBounds,
): PartitionAlarm['reason'] | undefined => {
  if (next > high) return 'topic_made_anew';
  return next < low ? 'retention_passed_by' : undefined;
};

/** An alarm waits for a person, a failure for nobody. */
export const partitionState = (alarm: PartitionAlarm | undefined, isFailing: boolean): PartitionStatus['state'] => {
  if (alarm !== undefined) return 'alarmed';
  return isFailing ? 'failing' : 'running';
};
