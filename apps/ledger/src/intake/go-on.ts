import type { Offset, PartitionStatus, PositionStore } from '#messaging';
import type { AlarmStore } from './alarm-store.js';

/**
 * - going_on: the position was moved
 * - not_alarmed: it does not stand still, and a position that is moved under it would lose messages
 * - unknown_partition: nobody has ever followed one of this name
 */
export type GoneOn = 'going_on' | 'not_alarmed' | 'unknown_partition';

type Parts = {
  readonly group: string;
  readonly positions: PositionStore;
  readonly alarms: AlarmStore;
  readonly status: () => readonly PartitionStatus[];
};

/** A person has said where a partition goes on that stands still, here or at another instance. */
export const goOnAt = async (
  { group, positions, alarms, status }: Parts,
  topic: string,
  partition: number,
  next: Offset,
): Promise<GoneOn> => {
  const own = status().find((one) => one.topic === topic && one.partition === partition);
  // Before the first look nothing is known here: another instance may have had it until a moment ago.
  const isUnknown = own === undefined || (own.lag === undefined && own.state !== 'alarmed');
  const isAlarmed = isUnknown ? await alarms.isRaised(topic, partition) : own.state === 'alarmed';
  if (!isAlarmed) {
    const isKnown = own !== undefined || (await positions.load(group, topic)).has(partition);
    return isKnown ? 'not_alarmed' : 'unknown_partition';
  }
  await positions.reset(group, topic, partition, { next });
  await alarms.settle(topic, partition);
  return 'going_on';
};
