import type { Position, RecordedEvent } from '#event-sourcing';

/** The last event that a projection has taken in. Its id tells a log that was changed behind the projection's back. */
export type Checkpoint = { readonly position: Position; readonly eventId: string };

export type ProjectionName = 'fold' | 'history' | 'index';

/** A version of a projection: its tables are in the schema `<name>_<version>`. */
export type Target = { readonly name: ProjectionName; readonly version: number };

/**
 * `lost`: another runner has moved the checkpoint since; nothing was written, read the checkpoint again.
 */
export type Applied = { readonly kind: 'applied'; readonly checkpoint: Checkpoint } | { readonly kind: 'lost' };

/** A projection as the loop drives it: the loop owns order and retries, `apply` is one transaction. */
export type Projection = {
  readonly target: Target;
  /** Undefined: nothing taken in yet. */
  readonly checkpoint: () => Promise<Checkpoint | undefined>;
  /**
   * Rows and checkpoint in one transaction, or neither. `events` are those that follow `previous` in the log, none
   * skipped, at least one.
   * @throws UnknownEventTypeError, RevisionGapError: to be stopped at, with an alert.
   */
  readonly apply: (events: readonly RecordedEvent[], previous: Checkpoint | undefined) => Promise<Applied>;
};

/** The most events of one transaction. */
export const batchEventsMax = 5_000;

export const checkpointOf = (events: readonly RecordedEvent[]): Checkpoint => {
  const last = events.at(-1);
  if (last === undefined) throw new Error('A batch of no events');
  return { position: last.position, eventId: last.eventId };
};
