import { createBackoff } from '../backoff.js';
import type { EventStore, LogBatch } from '../event-store.js';
import type { Position, RecordedEvent } from '../event.js';
import { numberOf } from '../position.js';
import type { Clock, Random } from '../runtime.js';
import { isStopping, PositionGapError } from './errors.js';
import { createProgress, type FollowerStatus, type Progress } from './progress.js';

export type FollowOptions = {
  readonly name: string;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly prefixes?: readonly string[];
  readonly batchEventsMax?: number;
  /** Told of every error that is tried again, and of the one that stops. */
  readonly onError?: (error: unknown, status: FollowerStatus) => void;
};

/** Somebody who follows the log, until the signal aborts or something stops him. */
export type Follower = {
  readonly status: () => FollowerStatus;
  /** Resolves when everything up to this position has been handled. @throws FollowerStoppedError, or the signal's reason */
  readonly caughtUpTo: (position: Position, signal?: AbortSignal) => Promise<void>;
  /** How many events the log has beyond what was handled, where positions have no gaps. */
  readonly lagEvents: () => Promise<number | undefined>;
  /** Resolves when it has stopped, whatever the reason; never rejects. */
  readonly stopped: Promise<void>;
};

/** One attempt: handles batches until the signal aborts (and returns) or something fails (and throws). */
export type Attempt = (progress: Progress) => Promise<void>;

/** However long the store was away, it is followed again within a few seconds of its return. */
const backoffBounds = { backoffMillisMin: 50, backoffMillisMax: 3_000 };

/** Runs attempts one after another: an error waits and begins anew, a stopping error stops for good. */
export const follow = (options: FollowOptions, attempt: Attempt): Follower => {
  const { store, signal } = options;
  const progress = createProgress(options.name);
  return {
    status: progress.status,
    caughtUpTo: progress.caughtUpTo,
    lagEvents: async () => {
      if (!store.capabilities.contiguousPositions) return undefined;
      return Math.max(0, numberOf(await store.head()) - numberOf(progress.status().position));
    },
    stopped: runAttempts(options, progress, attempt).then(() => {
      if (signal.aborted) progress.stop('aborted');
    }),
  };
};

const runAttempts = async (options: FollowOptions, progress: Progress, attempt: Attempt): Promise<void> => {
  const { clock, random, signal, onError } = options;
  const backoff = createBackoff(clock, random, backoffBounds);
  while (!signal.aborted) {
    const before = progress.status().position;
    try {
      await attempt(progress);
    } catch (error) {
      if (isStopping(error)) progress.stop(error.stops, error);
      else progress.failed(error);
      onError?.(error, progress.status());
      if (isStopping(error)) return;
    }
    if (progress.status().position !== before) backoff.succeeded();
    await backoff.wait(signal);
  }
};

/**
 * What of a batch comes after a position: a store may deliver twice, but where it promises positions without gaps, and
 * the whole log is followed, nothing may be missing.
 */
export const eventsAfter = (
  { store, prefixes }: FollowOptions,
  after: Position | undefined,
  { events }: LogBatch,
): readonly RecordedEvent[] => {
  const isUnseen = ({ position }: RecordedEvent): boolean => after === undefined || position > after;
  const unseen = events.every(isUnseen) ? events : events.filter(isUnseen);
  if (!store.capabilities.contiguousPositions || prefixes !== undefined) return unseen;
  let last = after;
  let next = numberOf(after) + 1;
  for (const { position } of unseen) {
    if (numberOf(position) !== next) throw new PositionGapError(last, position);
    last = position;
    next += 1;
  }
  return unseen;
};

/** The later of where we are and where a batch ends. */
export const further = (after: Position | undefined, end: Position): Position =>
  after !== undefined && after > end ? after : end;

/** What of the options the store's subscription takes. */
export const subscription = (
  { store, signal, prefixes, batchEventsMax }: FollowOptions,
  after: Position | undefined,
  inclusive = false,
) =>
  store.subscribe(after, {
    signal,
    ...(inclusive ? { inclusive } : {}),
    ...(prefixes === undefined ? {} : { prefixes }),
    ...(batchEventsMax === undefined ? {} : { batchEventsMax }),
  });
