import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { Offset } from '#messaging';
import { connect, retryOf, type KafkaConnection } from './connection.js';
import { isExpelled, isRebalancing } from './errors.js';
import { fetchedOf, type Fetched } from './incoming.js';
import type { Reader } from './intake-state.js';
import type { ConsumerTimings } from './options.js';
import { within } from './within.js';

export type Assignment = Readonly<Record<string, readonly number[]>>;

export type MemberEvents = {
  readonly onJoined: (assignment: Assignment) => void;
  /** Must not reject. */
  readonly onBatch: (fetched: Fetched, reader: Reader) => Promise<void>;
  /** The client has gone past records that are no messages. */
  readonly onPassed: (topic: string, partition: number, last: Offset) => void;
  /** The group has forgotten us while something was being handled. */
  readonly onExpelled: () => void;
  readonly onCrash: (error: unknown) => void;
};

/** One client that is a member of a group, from its start until it crashes, stalls or is stopped. */
export type Member = {
  /** @throws when no broker answers */
  readonly start: () => Promise<void>;
  readonly seek: (topic: string, partition: number, to: Offset) => void;
  readonly pause: (topic: string, partition: number) => void;
  readonly resume: (topic: string, partition: number) => void;
  readonly commit: (topic: string, partition: number, next: Offset) => Promise<void>;
  /** When the client has shown last that it lives (performance.now()). */
  readonly livedAt: () => number;
  /** From now on it brings nothing more. */
  readonly leave: () => void;
  /** Ends the client; not waited for longer than a while, because a client that hangs never ends. */
  readonly end: () => Promise<void>;
};

const partitionsAtOnce = 4;
const endMsMax = 10_000;
/** 5 tries within one fetch or join, about 10 s; what then still fails is a crash, after which there is a new client. */
const retry = { ...retryOf(5, 3_000), restartOnFailure: () => Promise.resolve(false) };

export const createMember = (
  connection: KafkaConnection,
  group: string,
  topics: readonly string[],
  timings: ConsumerTimings,
  events: MemberEvents,
): Member => {
  const consumer = consumerOf(connection, group, timings);
  const life = { livedAt: performance.now(), isLeaving: false };
  listen(consumer, life, events);
  const start = async (): Promise<void> => {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    if (life.isLeaving) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: (payload) => eachBatch(consumer, payload, life, timings, events),
    });
  };
  let started: Promise<void> = Promise.resolve();
  return {
    start: () => (started = start()),
    seek: (topic, partition, to) => quietly(() => consumer.seek({ topic, partition, offset: String(to) })),
    pause: (topic, partition) => quietly(() => consumer.pause([{ topic, partitions: [partition] }])),
    resume: (topic, partition) => quietly(() => consumer.resume([{ topic, partitions: [partition] }])),
    commit: (topic, partition, next) => consumer.commitOffsets([{ topic, partition, offset: String(next) }]),
    livedAt: () => life.livedAt,
    leave: () => {
      life.isLeaving = true;
      quietly(() => consumer.pause(topics.map((topic) => ({ topic }))));
    },
    // Who disconnects in the middle of a join stays a member until the session has expired: the others wait for it.
    end: () =>
      within(
        endMsMax,
        started.catch(() => undefined).then(() => consumer.disconnect()),
      ),
  };
};

type Life = { livedAt: number; isLeaving: boolean };

/**
 * A broker answers when it has so much or the wait is over. With 1 byte, the client's default, 1,000 messages a second came
 * in 200 answers of a few messages for each partition, each with a position to store.
 */
const fetchBytesMin = 32_768;

const consumerOf = (connection: KafkaConnection, groupId: string, timings: ConsumerTimings): Consumer =>
  connect(connection, retry).consumer({
    groupId,
    retry,
    allowAutoTopicCreation: false,
    sessionTimeout: timings.sessionMs,
    heartbeatInterval: timings.heartbeatMs,
    rebalanceTimeout: timings.rebalanceMs,
    maxWaitTimeInMs: timings.fetchWaitMs,
    minBytes: fetchBytesMin,
  });

const listen = (consumer: Consumer, life: Life, events: MemberEvents): void => {
  const lives = (): void => void (life.livedAt = performance.now());
  consumer.on('consumer.fetch', lives);
  consumer.on('consumer.group_join', ({ payload }) => {
    lives();
    if (!life.isLeaving) events.onJoined(payload.memberAssignment);
  });
  consumer.on('consumer.end_batch_process', ({ payload }) => {
    lives();
    if (payload.batchSize === 0) events.onPassed(payload.topic, payload.partition, Number(payload.lastOffset));
  });
  consumer.on('consumer.crash', ({ payload }) => events.onCrash(payload.error));
};

/** The client sends heartbeats only between batches: here they go on while one is handled. */
const eachBatch = async (
  consumer: Consumer,
  payload: EachBatchPayload,
  life: Life,
  timings: ConsumerTimings,
  events: MemberEvents,
): Promise<void> => {
  if (life.isLeaving) return;
  const { topic, partition } = payload.batch;
  let isRebalance = false;
  const beat = (): void => {
    payload.heartbeat().catch((error: unknown) => {
      isRebalance ||= isRebalancing(error);
      if (isExpelled(error)) events.onExpelled();
    });
  };
  const beating = setInterval(beat, timings.heartbeatMs);
  const place = { topic, partitions: [partition] };
  try {
    await events.onBatch(fetchedOf(payload.batch), {
      seek: (to) => quietly(() => consumer.seek({ topic, partition, offset: String(to) })),
      resolve: (done) => payload.resolveOffset(String(done)),
      pause: () => quietly(() => consumer.pause([place])),
      isLeaving: () => life.isLeaving || isRebalance,
    });
  } finally {
    clearInterval(beating);
    life.livedAt = performance.now();
  }
};

/** Between two lives the client has no group to speak of: the next join asks anew for what was to be said. */
const quietly = (say: () => void): void => {
  try {
    say();
  } catch {
    // The next join restarts every partition.
  }
};
