import { type Backoff, type Clock, createBackoff, type Random } from '#event-sourcing';
import { alarmReason, partitionState, type PartitionBounds } from './alarm.js';
import { fingerprintOf, markOf } from './fingerprint.js';
import type { IncomingMessage, Offset } from './message.js';
import type { ConsumerOptions, PartitionAlarm, PartitionPosition, PartitionStatus } from './ports.js';

/** A partition whose offsets follow each other without holes, as its transport gives it. */
export type PartitionSource = {
  readonly topic: string;
  readonly partition: number;
  readonly bounds: () => Promise<PartitionBounds>;
  /** From an offset on, at most so many. */
  readonly read: (from: Offset, messagesMax: number) => Promise<readonly IncomingMessage[]>;
  /** Resolves when there may be a message at `next`, or the signal aborts. */
  readonly wait: (next: Offset, signal: AbortSignal) => Promise<void>;
};

export type PartitionRun = {
  readonly status: () => PartitionStatus;
  /** Resolves after the batch under way. */
  readonly stop: () => Promise<void>;
  /** The same, and the batch under way is told to hurry. */
  readonly giveUp: () => Promise<void>;
};

export type Timing = { readonly clock: Clock; readonly random: Random };

const batchMessagesDefault = 500;
const backoffBounds = { backoffMillisMin: 20, backoffMillisMax: 5_000 };
/** How often a partition that stands still looks whether somebody has reset its position. */
const alarmedPollMs = 1_000;

/** Follows one partition from the group's position on, batch after batch, until stopped. Failures are tried again. */
export const runPartition = (source: PartitionSource, options: ConsumerOptions, timing: Timing): PartitionRun => {
  const stopping = new AbortController();
  const givenUp = new AbortController();
  const run: Run = {
    source,
    options,
    clock: timing.clock,
    backoff: createBackoff(timing.clock, timing.random, backoffBounds),
    stopping: stopping.signal,
    givenUp: givenUp.signal,
    seen: { lag: undefined, isFailing: false, isSameTopic: false },
  };
  const ended = runAttempts(run);
  const stop = (): Promise<void> => {
    stopping.abort();
    return ended;
  };
  return {
    status: () => statusOf(run),
    stop,
    giveUp: () => {
      givenUp.abort();
      return stop();
    },
  };
};

type Run = {
  readonly source: PartitionSource;
  readonly options: ConsumerOptions;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly stopping: AbortSignal;
  readonly givenUp: AbortSignal;
  readonly seen: {
    lag: number | undefined;
    alarm?: PartitionAlarm | undefined;
    /** The last attempt has failed. */
    isFailing: boolean;
    /** The last record that was handled was found where it stood. */
    isSameTopic: boolean;
  };
};

const statusOf = ({ source: { topic, partition }, seen: { lag, alarm, isFailing } }: Run): PartitionStatus => ({
  topic,
  partition,
  state: partitionState(alarm, isFailing),
  lag,
});

const runAttempts = async (run: Run): Promise<void> => {
  while (!run.stopping.aborted) {
    try {
      await attempt(run);
    } catch (error) {
      run.seen.isFailing = true;
      run.options.onTrouble(error);
      await run.backoff.wait(run.stopping);
    }
  }
};

/** From the stored position on, until something is wrong with it (and returns) or fails (and throws). */
const attempt = async (run: Run): Promise<void> => {
  run.seen.isSameTopic = false;
  let position = await openPosition(run);
  while (!run.stopping.aborted) {
    const bounds = await run.source.bounds();
    const reason = alarmReason(position, bounds);
    if (reason !== undefined) return standStill(run, { reason, position, bounds });
    run.seen.lag = bounds.high - position.next;
    const messages = await readAfter(run, position, bounds);
    if (messages === 'another_record') {
      return standStill(run, { reason: 'topic_made_anew', position, bounds });
    }
    run.seen.alarm = undefined;
    if (messages.length > 0) position = await handle(run, messages);
    run.seen.isFailing = false;
    if (messages.length === 0) await run.source.wait(position.next, run.stopping);
  }
};

/** A group that is new here begins with what there is, and remembers it: what retention takes afterwards is missed. */
const openPosition = async ({ options, source }: Run): Promise<PartitionPosition> => {
  const { group, positions } = options;
  const stored = (await positions.load(group, source.topic)).get(source.partition);
  if (stored !== undefined) return stored;
  const { low } = await source.bounds();
  return positions.advance(group, source.topic, source.partition, { next: low });
};

/**
 * From the last record that was handled on, so that it is compared with what was handled.
 * @throws Error when the message at the position is missing: it was trimmed meanwhile, and the next attempt finds it out
 */
const readAfter = async (
  { source, options, seen }: Run,
  { next, last }: PartitionPosition,
  { low, high }: PartitionBounds,
): Promise<readonly IncomingMessage[] | 'another_record'> => {
  const mark = last?.offset === next - 1 && last.offset >= low ? last : undefined;
  if (next === high && (mark === undefined || seen.isSameTopic)) return [];
  const from = mark?.offset ?? next;
  const read = await source.read(from, (options.batchMessagesMax ?? batchMessagesDefault) + next - from);
  const own = read.find(({ offset }) => offset === mark?.offset);
  if (own !== undefined && fingerprintOf(own) !== mark?.fingerprint) return 'another_record';
  seen.isSameTopic = true;
  const messages = read.filter(({ offset }) => offset >= next);
  if (next < high && messages[0]?.offset !== next) throw new Error(`${source.topic}: offset ${next} is missing`);
  return messages;
};

const handle = async (run: Run, messages: readonly IncomingMessage[]): Promise<PartitionPosition> => {
  const { options, source } = run;
  const { topic, partition } = source;
  await options.handle({ topic, partition, messages }, run.givenUp);
  run.backoff.succeeded();
  const last = messages.at(-1) as IncomingMessage;
  return options.positions.advance(options.group, topic, partition, { next: last.offset + 1, last: markOf(last) });
};

type Finding = Pick<PartitionAlarm, 'reason' | 'position'> & { readonly bounds: PartitionBounds };

/** Told once; then again only when it has become another one. */
const standStill = async (run: Run, { reason, position, bounds }: Finding): Promise<void> => {
  const { topic, partition } = run.source;
  const told = run.seen.alarm;
  run.seen.alarm = { topic, partition, reason, position, ...bounds };
  const isTold = told?.reason === reason && told.position.next === position.next;
  if (!isTold) run.options.onAlarm(run.seen.alarm);
  await run.clock.sleep(alarmedPollMs, run.stopping);
};
