import type { Position, RecordedEvent } from '../event.js';
import { positionBefore } from '../position.js';
import { CheckpointMovedError, LogChangedError } from './errors.js';
import { eventsAfter, follow, further, subscription, type Follower, type FollowOptions } from './follow.js';
import type { Progress } from './progress.js';

/** The last event that a projection has applied. */
export type Checkpoint = { readonly position: Position; readonly eventId: string };

export type ProjectionOptions = FollowOptions & {
  readonly checkpoint: { readonly load: () => Promise<Checkpoint | undefined> };
  /**
   * Writes the rows of these events and moves the checkpoint from `from` to `to` in one transaction, if it still is
   * `from`: that comparison is the safety, whoever else runs. A type that it does not know: UnknownEventTypeError.
   */
  readonly apply: (
    events: readonly RecordedEvent[],
    from: Checkpoint | undefined,
    to: Checkpoint,
  ) => Promise<'applied' | 'checkpoint_moved'>;
  /**
   * After a batch of fewer events it rests: what comes meanwhile shares the next transaction. Without it every batch is
   * whatever has come during the last one.
   */
  readonly rest?: Rest;
};

export type Rest = { readonly belowEvents: number; readonly millis: number };

/** Enough that catching up is bound by the writing, few enough for memory. */
const catchUpEventsMax = 5_000;

/**
 * Applies the log to rows, batch by batch, each batch and its checkpoint in one transaction. It begins with a look at the
 * event of the checkpoint: when that is another one now, it stops with `log_changed` and touches nothing.
 */
export const runProjection = (options: ProjectionOptions): Follower => {
  const withDefaults = { ...options, batchEventsMax: options.batchEventsMax ?? catchUpEventsMax };
  return follow(withDefaults, (progress) => project(withDefaults, progress));
};

const project = async (options: ProjectionOptions, progress: Progress): Promise<void> => {
  let checkpoint = await options.checkpoint.load();
  await assertReached(options, checkpoint);
  let unverified = checkpoint;
  // The checkpoint's own event comes first and is compared.
  let after = checkpoint === undefined ? undefined : positionBefore(checkpoint.position);
  for await (const batch of subscription(options, checkpoint?.position, true)) {
    const unseen = eventsAfter(options, after, batch);
    const events = unverified === undefined ? unseen : verified(unverified, unseen);
    if (unseen.length > 0) unverified = undefined;
    checkpoint = await applyEvents(options, events, checkpoint);
    after = further(after, batch.after);
    if (unverified === undefined) progress.advance(after);
    await restAfter(options, events.length);
  }
};

const restAfter = async ({ rest, clock, signal }: ProjectionOptions, events: number): Promise<void> => {
  if (rest !== undefined && events > 0 && events < rest.belowEvents) await clock.sleep(rest.millis, signal);
};

/** A log that ends before the checkpoint has been cut: nothing would ever come to compare. */
const assertReached = async ({ store }: ProjectionOptions, checkpoint: Checkpoint | undefined): Promise<void> => {
  if (checkpoint === undefined) return;
  const head = await store.head();
  if (head === undefined || head < checkpoint.position) {
    throw new LogChangedError(checkpoint.position, checkpoint.eventId, undefined);
  }
};

const verified = ({ position, eventId }: Checkpoint, events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const [own, ...rest] = events;
  if (own === undefined) return [];
  if (own.position !== position || own.eventId !== eventId) throw new LogChangedError(position, eventId, own.eventId);
  return rest;
};

const applyEvents = async (
  { apply }: ProjectionOptions,
  events: readonly RecordedEvent[],
  from: Checkpoint | undefined,
): Promise<Checkpoint | undefined> => {
  const last = events.at(-1);
  if (last === undefined) return from;
  const to = { position: last.position, eventId: last.eventId };
  if ((await apply(events, from, to)) === 'applied') return to;
  throw new CheckpointMovedError(`the checkpoint is no longer ${from?.position ?? 'the beginning'}`);
};
