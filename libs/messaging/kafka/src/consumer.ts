import { setTimeout as wait } from 'node:timers/promises';
import type { ConsumerOptions, Consuming, MessageConsumer } from '#messaging';
import type { Following } from './following.js';
import { createIntakes } from './intakes.js';
import { createMember, type Member } from './member.js';
import { defaultTimings, type KafkaConsumerOptions } from './options.js';
import { startRounds, type Rounds } from './rounds.js';
import { capabilities } from './sender.js';
import { createTopicWatch, type TopicWatch } from './topic-watch.js';
import { UnfitTopicError } from './topics.js';

/**
 * Follows topics over Kafka. What was handled stands in the position store; Kafka's own offsets follow it and only spare
 * a new member from reading again. The client is thrown away and made anew when it crashes or stands still.
 *
 * @example const consumer = createKafkaConsumer({ brokers: ['kafka-1:9092'] });
 */
export const createKafkaConsumer = (connection: KafkaConsumerOptions): MessageConsumer => ({
  capabilities,
  consume: async (options) => {
    const watch = createTopicWatch(connection);
    try {
      await refuseUnfit(watch, connection, options);
      return follow(connection, options, watch);
    } catch (error) {
      await watch.close();
      throw error;
    }
  },
});

/** At the beginning an unfit topic is the caller's error; brokers that are away are asked later. */
const refuseUnfit = async (
  watch: TopicWatch,
  { ownCompactedTopics = [] }: KafkaConsumerOptions,
  { topics, onTrouble }: ConsumerOptions,
): Promise<void> => {
  try {
    await watch.assertFit(topics, ownCompactedTopics);
  } catch (error) {
    if (error instanceof UnfitTopicError) throw error;
    onTrouble(error);
  }
};

const follow = (connection: KafkaConsumerOptions, options: ConsumerOptions, watch: TopicWatch): Consuming => {
  const timings = { ...defaultTimings, ...connection.timings };
  const { ownCompactedTopics = [] } = connection;
  const intakes = createIntakes({ options, watch, timings, ownCompactedTopics, member: () => following.member });
  const following: Following = { connection, options, timings, watch, intakes, member: undefined };
  const stopping = new AbortController();
  const running = runMembers(following, stopping.signal);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
    intakes.giveUp();
    await watch.close();
  };
  return {
    status: () => intakes.all().map((intake) => intake.status()),
    stop: () => (stopped ??= stop()),
  };
};

/** One client after another, until stopped. */
const runMembers = async (following: Following, stopping: AbortSignal): Promise<void> => {
  const { options, timings } = following;
  let failures = 0;
  while (!stopping.aborted) {
    const startedAt = performance.now();
    try {
      await runMember(following, stopping);
    } catch (error) {
      options.onTrouble(error);
    }
    if (performance.now() - startedAt > timings.stallMsMax) failures = 0;
    const millis = Math.min(timings.backoffMsMin * 2 ** failures++, timings.backoffMsMax);
    await wait(millis, undefined, { signal: stopping }).catch(() => undefined);
  }
};

/** Resolves when stopped. @throws when the client has crashed or stands still, or a topic is not fit */
const runMember = async (following: Following, stopping: AbortSignal): Promise<void> => {
  const { connection, options, timings, watch, intakes } = following;
  await watch.assertFit(options.topics, connection.ownCompactedTopics ?? []);
  const end = endOf(stopping);
  const member = createMember(connection, options.group, options.topics, timings, {
    onJoined: (assignment) => {
      intakes.assign(assignment);
      rounds.soon();
    },
    onBatch: async (fetched, reader) => {
      await intakes.of(fetched.topic, fetched.partition)?.take(fetched, reader);
    },
    onPassed: (topic, partition, last) => intakes.of(topic, partition)?.passed(last),
    onExpelled: intakes.giveUp,
    onCrash: end.fail,
  });
  const rounds = startRounds(following, member, end.fail);
  following.member = member;
  try {
    await Promise.race([member.start(), end.reached]);
    await end.reached;
  } finally {
    await dismiss(following, member, rounds, stopping);
  }
};

/** When stopped, what is under way is finished first; when the client has failed, its partitions are given up. */
const dismiss = async (following: Following, member: Member, rounds: Rounds, stopping: AbortSignal): Promise<void> => {
  const { intakes } = following;
  member.leave();
  if (stopping.aborted) await Promise.all(intakes.all().map((intake) => intake.idle()));
  else intakes.giveUp();
  await rounds.stop();
  following.member = undefined;
  await member.end();
};

/** Resolves when stopped, rejects at the first failure. */
const endOf = (stopping: AbortSignal) => {
  let fail: (error: unknown) => void = () => undefined;
  const reached = new Promise<void>((resolve, reject) => {
    fail = reject;
    stopping.addEventListener('abort', () => resolve(), { once: true });
    if (stopping.aborted) resolve();
  });
  // It may fail before anybody waits.
  reached.catch(() => undefined);
  return { reached, fail: (error: unknown): void => fail(error) };
};
