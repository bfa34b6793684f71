import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { ConsumerOptions, Consuming, OutgoingMessage, PartitionAlarm, PositionStore } from '#messaging';
import { createMemoryPositions } from '#messaging/memory';
import { becomesTrue } from '../../../../test/servers/kafka/index.js';
import { createKafkaConsumer, type KafkaConsumerOptions } from '../src/index.js';
import { quickTimings } from './kafka-hands.js';

const waitMillisMax = 30_000;

export const eventually = async (what: string, condition: () => boolean | Promise<boolean>): Promise<void> => {
  expect(await becomesTrue(condition, waitMillisMax), what).toBe(true);
};

export const uniqueName = (what: string): string => `${what}-${randomUUID()}`;

export const numbered = (key: string, count: number, from = 0): readonly OutgoingMessage[] =>
  Array.from({ length: count }, (_, index) => ({ key, headers: {}, value: `${key} ${from + index}` }));

export const valuesOf = (messages: readonly OutgoingMessage[]): readonly string[] =>
  messages.map(({ value }) => value ?? 'tombstone');

/** A consumer of ours and what it has handled. */
export type Watched = {
  readonly consuming: Consuming;
  readonly values: readonly string[];
  readonly alarms: readonly PartitionAlarm[];
  readonly troubles: readonly unknown[];
  readonly positions: PositionStore;
  readonly next: (partition?: number) => Promise<number | undefined>;
};

export type WatchOptions = {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly group: string;
  readonly positions?: PositionStore;
  readonly handle?: ConsumerOptions['handle'];
  readonly settings?: Partial<KafkaConsumerOptions>;
};

export const watch = async (options: WatchOptions): Promise<Watched> => {
  const { brokers, topic, group, positions = createMemoryPositions(), handle, settings } = options;
  const [values, alarms, troubles]: [string[], PartitionAlarm[], unknown[]] = [[], [], []];
  const consuming = await createKafkaConsumer({ brokers, timings: quickTimings, ...settings }).consume({
    group,
    topics: [topic],
    positions,
    onAlarm: (alarm) => void alarms.push(alarm),
    onTrouble: (error) => void troubles.push(error),
    handle: async (batch, signal) => {
      await handle?.(batch, signal);
      for (const { value } of batch.messages)
        values.push(value === undefined ? 'tombstone' : Buffer.from(value).toString());
    },
  });
  const next = async (partition = 0): Promise<number | undefined> =>
    (await positions.load(group, topic)).get(partition)?.next;
  return { consuming, values, alarms, troubles, positions, next };
};
