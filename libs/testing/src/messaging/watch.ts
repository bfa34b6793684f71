import assert from 'node:assert/strict';
import type {
  ConsumerOptions,
  Consuming,
  IncomingMessage,
  MessageConsumer,
  PartitionAlarm,
  PartitionBatch,
} from '#messaging';
import { eventually, type MessagingScene } from './scene.js';

export type Received = {
  readonly topic: string;
  readonly partition: number;
  readonly message: IncomingMessage;
  /** The value as text; `tombstone` where there is none. */
  readonly text: string;
};

/** A consumer and what it has been given. */
export type Watched = {
  readonly consuming: Consuming;
  /** What was handed over, in order. */
  readonly offered: readonly Received[];
  /** What was handled without an error, in order. */
  readonly handled: readonly Received[];
  readonly batches: readonly PartitionBatch[];
  readonly alarms: readonly PartitionAlarm[];
  readonly troubles: readonly unknown[];
  readonly stop: () => Promise<void>;
  /** Resolves when each of these values was handled at least once. */
  readonly hasHandled: (values: readonly string[]) => Promise<void>;
};

export type WatchOptions = {
  readonly topics: readonly string[];
  readonly group: string;
  readonly consumer?: MessageConsumer;
  readonly positions?: ConsumerOptions['positions'];
  readonly batchMessagesMax?: number;
  readonly handle?: ConsumerOptions['handle'];
};

export const textOf = ({ value }: IncomingMessage): string =>
  value === undefined ? 'tombstone' : Buffer.from(value).toString();

/** Follows topics and writes down what comes, until `work` has ended. Batches that break the port's rules fail it. */
export const watching = async <Result>(
  scene: MessagingScene,
  options: WatchOptions,
  work: (watched: Watched) => Promise<Result>,
): Promise<Result> => {
  const { watched, violations } = await begin(scene, options);
  try {
    const result = await work(watched);
    assert.deepEqual(violations, []);
    return result;
  } finally {
    await watched.stop();
  }
};

const begin = async (scene: MessagingScene, options: WatchOptions) => {
  const log = { offered: [] as Received[], handled: [] as Received[], batches: [] as PartitionBatch[] };
  const [alarms, troubles, violations]: [PartitionAlarm[], unknown[], string[]] = [[], [], []];
  const inspect = batchInspector(violations);
  const consuming = await (options.consumer ?? scene.consumers[0]).consume({
    group: options.group,
    topics: options.topics,
    positions: options.positions ?? scene.positions[0],
    ...(options.batchMessagesMax !== undefined && { batchMessagesMax: options.batchMessagesMax }),
    onAlarm: (alarm) => void alarms.push(alarm),
    onTrouble: (error) => void troubles.push(error),
    handle: async (batch, signal) => {
      const received = receivedOf(batch);
      log.batches.push(batch);
      log.offered.push(...received);
      await inspect(batch, async () => options.handle?.(batch, signal));
      log.handled.push(...received);
    },
  });
  const hasHandled = async (values: readonly string[]): Promise<void> => {
    const missing = (): readonly string[] => missingOf(values, log.handled);
    await eventually(
      scene,
      () => `not handled: ${missing().slice(0, 5).join(', ')} and ${Math.max(missing().length - 5, 0)} more`,
      () => missing().length === 0,
    );
  };
  const watched: Watched = { ...log, consuming, alarms, troubles, stop: consuming.stop, hasHandled };
  return { watched, violations };
};

const receivedOf = ({ topic, partition, messages }: PartitionBatch): readonly Received[] =>
  messages.map((message) => ({ topic, partition, message, text: textOf(message) }));

const missingOf = (values: readonly string[], handled: readonly Received[]): readonly string[] => {
  const texts = new Set(handled.map(({ text }) => text));
  return values.filter((value) => !texts.has(value));
};

/** What is always so: batches are not empty, their offsets grow, and one partition has one batch at a time. */
const batchInspector = (violations: string[]) => {
  const underWay = new Set<string>();
  return async ({ topic, partition, messages }: PartitionBatch, work: () => Promise<void>): Promise<void> => {
    const place = `${topic}/${partition}`;
    const offsets = messages.map(({ offset }) => offset);
    if (offsets.length === 0) violations.push(`an empty batch of ${place}`);
    if (offsets.some((offset, index) => index > 0 && offset <= (offsets[index - 1] ?? 0))) {
      violations.push(`offsets of ${place} do not grow: ${offsets.join(' ')}`);
    }
    if (underWay.has(place)) violations.push(`two batches of ${place} at the same time`);
    underWay.add(place);
    try {
      await work();
    } finally {
      underWay.delete(place);
    }
  };
};

/** Each value once, where it came first: what came again is allowed and left out. */
export const firstOf = (received: readonly Received[]): readonly string[] => [
  ...new Set(received.map(({ text }) => text)),
];
