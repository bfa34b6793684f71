import type { Position, RecordedEvent, Revision, SealedEvent } from './event.js';

/** Events for one stream. `expectedRevision` is the revision of the last event that the writer saw (NO_STREAM: none). */
export type Write = {
  readonly stream: string;
  readonly expectedRevision: Revision;
  readonly events: readonly SealedEvent[];
};

/**
 * What became of one write. A conflict carries the tail: every event after the expected revision, up to
 * `tailEventsMax`; `complete` is false when there are more than that to read.
 */
export type AppendOutcome =
  | { readonly kind: 'appended'; readonly revision: Revision; readonly position: Position }
  | { readonly kind: 'conflict'; readonly tail: readonly RecordedEvent[]; readonly complete: boolean };

/** Nobody knows whether the append took place (timeout, lost connection). The only remedy is to read. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';
}

/** The store cannot be reached or refuses to serve now; nothing was appended. Worth a later try. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export type StreamRead = { readonly stream: string; readonly from: Revision };

/** A piece of the log for a subscriber. `after` is where the next piece begins; events may be empty while waiting. */
export type LogBatch = { readonly events: readonly RecordedEvent[]; readonly after: Position };

export type SubscribeOptions = {
  /** Only streams whose name starts with one of these. Without it: the whole log, positions asserted contiguous. */
  readonly prefixes?: readonly string[];
  readonly batchEventsMax?: number;
  /** The event at `after` itself comes first, if one stands there: how a checkpoint is compared with the log. */
  readonly inclusive?: boolean;
  readonly signal: AbortSignal;
};

/** How much one append to a stream may hold. */
export type AppendLimit = {
  readonly bytesMax: number;
  /** What an event counts towards it: never less than the store counts. */
  readonly bytesOf: (event: SealedEvent) => number;
};

export type EventStoreCapabilities = {
  readonly name: string;
  /** Positions without gaps: a subscriber may assert that none is missing. */
  readonly contiguousPositions: boolean;
  /** Several streams in one durable round trip. */
  readonly appendsManyStreams: boolean;
  /** Where the store has a limit of its own: what is larger is refused before anything is sent. */
  readonly appendLimit?: AppendLimit;
};

/**
 * The one port to a log of events. An append is durable when it resolves; writes are independent of each other:
 * a conflict in one does not harm the next. "Any" revision does not exist; a write of zero events is a bug of ours
 * and throws.
 */
export type EventStore = {
  readonly capabilities: EventStoreCapabilities;
  /** @throws UnknownOutcomeError, StoreUnavailableError; any other error means nothing of the batch was stored. */
  append(writes: readonly Write[]): Promise<readonly AppendOutcome[]>;
  /** Events of each stream from a revision on, in order, at most `eventsMax` (default 1,000) a stream. */
  read(streams: readonly StreamRead[], eventsMax?: number): Promise<readonly (readonly RecordedEvent[])[]>;
  /** Every event after a position (undefined: from the beginning), in order, none skipped; waits at the end. */
  subscribe(after: Position | undefined, options: SubscribeOptions): AsyncIterable<LogBatch>;
  /** The position of the last event of the log (undefined: empty). */
  head(): Promise<Position | undefined>;
};
