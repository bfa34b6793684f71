import { randomUUID } from 'node:crypto';
import type {
  Consuming,
  PartitionBatch,
  PartitionBounds,
  PartitionPosition,
  TopicReader,
  TopicReading,
} from '#messaging';
import { connect, retryOf } from './connection.js';
import { createKafkaConsumer } from './consumer.js';
import { isNoTopic } from './errors.js';
import type { KafkaConsumerOptions } from './options.js';
import { createTopicWatch } from './topic-watch.js';

export type TopicReaderOptions = KafkaConsumerOptions & {
  /** Stands before the name of the group that reads, where brokers let only some names in. */
  readonly groupPrefix?: string;
  /** Something failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

/**
 * Reads topics over Kafka, each time as a group of its own that is gone afterwards.
 *
 * @example await createTopicReader({ brokers, onTrouble }).read({ topics: ['stock.events.v1'], from: 'last', onBatch });
 */
export const createTopicReader = (options: TopicReaderOptions): TopicReader => ({
  bounds: (topics) => boundsOf(options, topics),
  read: (reading) => readOnce(options, reading),
});

const readOnce = async (options: TopicReaderOptions, reading: TopicReading): Promise<void> => {
  const { topics, from, signal } = reading;
  signal?.throwIfAborted();
  const wanted = wantedOf(await boundsOf(options, topics), from);
  if (wanted.size === 0) return;
  const group = `${options.groupPrefix ?? ''}read-${randomUUID()}`;
  const progress = createProgress(wanted);
  const consuming = await createKafkaConsumer(options).consume({
    ...{ group, topics: [...wanted.keys()], positions: progress.positions, onTrouble: options.onTrouble },
    onAlarm: ({ topic, partition, reason }) => progress.fail(new Error(`${topic}/${partition}: ${reason}`)),
    handle: (batch) => handOver(batch, wanted, reading),
  });
  await untilRead(progress, consuming, signal);
  await forgetGroup(options, group);
};

type Bounds = ReadonlyMap<number, PartitionBounds>;

const boundsOf = async (
  connection: KafkaConsumerOptions,
  topics: readonly string[],
): Promise<ReadonlyMap<string, Bounds>> => {
  const watch = createTopicWatch(connection);
  const ask = (topic: string): Promise<Bounds> =>
    watch.bounds(topic).catch((error: unknown) => {
      if (isNoTopic(error)) return new Map<number, PartitionBounds>();
      throw error;
    });
  const all = new Map<string, Bounds>();
  try {
    for (const topic of topics) all.set(topic, await ask(topic));
    return all;
  } finally {
    await watch.close();
  }
};

/** Where a partition is read from, and up to. */
type Place = { readonly from: number; readonly to: number };
type Wanted = ReadonlyMap<string, ReadonlyMap<number, Place>>;

/** By topic and partition, where there is anything. */
const wantedOf = (bounds: ReadonlyMap<string, Bounds>, from: TopicReading['from']): Wanted => {
  const wanted = new Map<string, Map<number, Place>>();
  for (const [topic, ofTopic] of bounds) {
    const filled = [...ofTopic].filter(([, { low, high }]) => high > low);
    const places = filled.map(([partition, { low, high }]): [number, Place] => [
      partition,
      { from: from === 'first' ? low : high - 1, to: high },
    ]);
    if (places.length > 0) wanted.set(topic, new Map(places));
  }
  return wanted;
};

/** What came after the beginning is not of that moment. */
const handOver = async (
  { topic, partition, messages }: PartitionBatch,
  wanted: Wanted,
  { onBatch }: TopicReading,
): Promise<void> => {
  const end = wanted.get(topic)?.get(partition)?.to ?? 0;
  const own = messages.filter(({ offset }) => offset < end);
  if (own.length > 0) await onBatch({ topic, partition, messages: own });
};

/** The consumer moves positions of this reading alone; the last of them to arrive ends it. */
const createProgress = (wanted: Wanted) => {
  const { promise: read, resolve, reject: fail } = deferred();
  const stored = new Map<string, Map<number, PartitionPosition>>();
  for (const [topic, places] of wanted)
    stored.set(topic, new Map([...places].map(([partition, { from }]) => [partition, { next: from }])));
  const isRead = (): boolean =>
    [...wanted].every(([topic, places]) =>
      [...places].every(([partition, { to }]) => (stored.get(topic)?.get(partition)?.next ?? 0) >= to),
    );
  const put = (topic: string, partition: number, to: PartitionPosition): PartitionPosition => {
    stored.get(topic)?.set(partition, to);
    if (isRead()) resolve();
    return to;
  };
  return {
    ...{ read, fail },
    positions: {
      load: (_group: string, topic: string) => Promise.resolve(new Map(stored.get(topic))),
      advance: (_group: string, topic: string, partition: number, to: PartitionPosition) =>
        Promise.resolve(put(topic, partition, to)),
      reset: (_group: string, topic: string, partition: number, to: PartitionPosition) =>
        Promise.resolve(void put(topic, partition, to)),
    },
  };
};
type Progress = ReturnType<typeof createProgress>;

const deferred = () => {
  let settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  // It may fail before anybody waits.
  promise.catch(() => undefined);
  return { promise, resolve: () => settle?.resolve(), reject: (error: unknown) => settle?.reject(error) };
};

const untilRead = async ({ read, fail }: Progress, consuming: Consuming, signal?: AbortSignal): Promise<void> => {
  const abort = (): void => fail(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    await read;
  } finally {
    signal?.removeEventListener('abort', abort);
    await consuming.stop();
  }
};

/** Brokers forget a group without members after a week; until then its name stands in their lists. */
const forgetGroup = async (connection: KafkaConsumerOptions, group: string): Promise<void> => {
  const admin = connect(connection, retryOf(1, 1_000)).admin();
  try {
    await admin.connect();
    await admin.deleteGroups([group]);
  } catch {
    // It is empty, and expires.
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
};
