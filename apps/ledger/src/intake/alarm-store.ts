import type { PartitionAlarm } from '#messaging';

/** Which partitions stand still, for every instance to know: a balancer may bring a person to any of them. */
export type AlarmStore = {
  readonly raise: (alarm: PartitionAlarm) => Promise<void>;
  readonly isRaised: (topic: string, partition: number) => Promise<boolean>;
  readonly settle: (topic: string, partition: number) => Promise<void>;
};
