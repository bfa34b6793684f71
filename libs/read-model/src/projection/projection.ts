import type { Checkpoint, RecordedEvent, Rest } from '#event-sourcing';

export type ProjectionName = 'fold' | 'history' | 'index';

/** A version of a projection: its tables are in the schema `<name>_<version>`. */
export type Target = { readonly name: ProjectionName; readonly version: number };

/** `checkpoint_moved`: another runner has moved it; nothing was written, read the checkpoint again. */
export type Applied = 'applied' | 'checkpoint_moved';

/** A projection as `runProjection` drives it: the loop owns order and retries, `apply` is one transaction. */
export type Projection = {
  readonly target: Target;
  /** Undefined: nothing taken in yet. */
  readonly checkpoint: () => Promise<Checkpoint | undefined>;
  /**
   * Rows and checkpoint in one transaction, or neither. `events` are those that follow `from` in the log, none skipped;
   * `to` is the last of them.
   * @throws UnknownEventTypeError, RevisionGapError: to be stopped at, with an alert.
   */
  readonly apply: (events: readonly RecordedEvent[], from: Checkpoint | undefined, to: Checkpoint) => Promise<Applied>;
};

/** The most events of one transaction. */
export const batchEventsMax = 5_000;

/**
 * A small batch costs nearly as much as a large one: its round trips and a commit. Resting after it makes one of several
 * while commands pour in (measured when every statement was a round trip, hot SKU with its index: 51 us of processor time a
 * command with up to 10 ms of rest, 44 with 50 ms). Announcements wait for the fold, so that it rests least.
 */
export const restAfterBatch: Readonly<Record<ProjectionName, Rest>> = {
  fold: { belowEvents: 500, millis: 10 },
  history: { belowEvents: 2_000, millis: 50 },
  index: { belowEvents: 2_000, millis: 50 },
};

/** Where a projection stands after these events. */
export const checkpointAfter = (events: readonly RecordedEvent[]): Checkpoint => {
  const last = events.at(-1);
  if (last === undefined) throw new Error('A batch of no events');
  return { position: last.position, eventId: last.eventId };
};
