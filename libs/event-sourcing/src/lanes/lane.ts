import { NO_STREAM, type DomainEvent, type RecordedEvent, type Revision, type SealedEvent } from '../event.js';
import type { Instant } from '../instant.js';
import type { Envelope, Known, Outcome, StreamKind } from '../kernel.js';
import { emptyIds, type Accepted, type IdDraft, type IdMemory } from './id-memory.js';

/*
 * A lane is the queue of one stream in this process, and what is known of that stream.
 *
 * A command enters at the end of the queue. From there the lane is in exactly one of these situations, and `Board.evaluate`
 * finds out in which:
 *
 *   idle      nothing waits. Its state may be cached; it may be evicted.
 *   loading   commands wait and the state is not known, or known to be behind: the loader reads snapshot and tail.
 *   asking    the state is known, but not whether the first command's id or fact keys were used before the state's memory
 *             begins: the index is asked. (Commands behind the first are asked along with it, also during a flight.)
 *   ready     the first command can be decided. The committer takes the lane with its next append.
 *   flying    its decided commands are in the append under way, or in the next. New ones wait, or are decided ahead, on
 *             what the flight will leave behind; nobody is answered.
 *   resting   it has lost several appends in a row to other writers and lets them pass for some milliseconds.
 *
 * What ends a flight:
 *   appended        the state after it is the new state; what was decided ahead flies next; what waits is looked at again;
 *                   its commands are answered as soon as the next append is on its way, or at once where there is none.
 *   conflict        the commands go back to the front in their order; the tail is folded; they are decided again.
 *   unknown         the commands go back to the front; state and memory of ids are dropped and loaded anew. A command that
 *                   had been stored is then found by its id, or its fact key decides.
 *   unavailable     the commands go back to the front; nothing was stored, so the state stands. Waits double.
 *   no events       no append compares what it was decided on, and other processes may have appended since: commands that
 *                   have come after the last read go back to the front and are decided again after one more.
 *   another error   nothing was stored. The append is halved until the stream stands alone, then its commands are halved,
 *                   until the one that cannot be stored fails alone.
 * Whatever ends it but an append, what was decided ahead of it goes back to the queue as well, behind its own commands.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- lanes carry states and commands of every kind, unseen
export type AnyKind = StreamKind<any, any, any, any, any, any>;

/** Where a stream stands: its state after the event at `revision`, that event's hash and the time it was recorded at. */
export type Standing = {
  readonly state: unknown;
  readonly revision: Revision;
  readonly hash: string;
  readonly recordedAt: Instant;
};

export type AnyOutcome = Outcome<unknown, unknown>;

/** A command that waits for its answer. */
export type Pending = {
  readonly envelope: Envelope<unknown>;
  /** The hash of the command where its id guards it. */
  readonly hash: string | undefined;
  /** Grows when the facts under the first keys lead to others. */
  factKeys: readonly string[];
  readonly answer: (outcome: AnyOutcome) => void;
  readonly fail: (error: unknown) => void;
  /** What the index said of it. */
  known: Known<unknown>;
  acceptedBefore: Accepted | undefined;
  /** The index (and the gap behind it) has been asked for everything up to this revision; undefined: not asked. */
  askedUpTo: Revision | undefined;
  /** Why it may be too late: what is answered when its deadline passes. */
  trouble: 'none' | 'unavailable' | 'outcome_unknown';
  preparations: number;
  /** Its preparing events were the first of its stream. */
  hasOpened: boolean;
  /** The stream has been read since it came, so that nothing is missed that was answered before. */
  isFresh: boolean;
};

/** A command that was decided, waiting for the commit of what it was decided on. */
export type Decided =
  | {
      readonly kind: 'accepted';
      readonly pending: Pending;
      /** Its events in the flight: from this index to before that one. */
      readonly from: number;
      readonly to: number;
      readonly state: unknown;
      readonly revision: Revision;
    }
  | { readonly kind: 'refused'; readonly pending: Pending; readonly refusal: unknown; readonly revision: Revision }
  | { readonly kind: 'repeated'; readonly pending: Pending; readonly before: Accepted; readonly standing: Standing }
  | { readonly kind: 'reused'; readonly pending: Pending }
  /** Its preparing events are the flight; it is decided again after them. */
  | { readonly kind: 'prepared'; readonly pending: Pending };

/** What one append carries for one stream. */
export type Flight = {
  readonly lane: Lane;
  readonly base: Standing;
  readonly events: readonly SealedEvent[];
  readonly decided: readonly Decided[];
  readonly after: Standing;
  readonly draft: IdDraft;
  readonly units: number;
};

export type Lane = {
  readonly stream: string;
  readonly kind: AnyKind;
  readonly policy: (stream: string) => unknown;
  queue: Pending[];
  standing: Standing | undefined;
  /** Other writers have appended more than their conflict told, or may have: the standing must be read on. */
  isBehind: boolean;
  /** Grows whenever the standing is dropped. */
  epoch: number;
  ids: IdMemory;
  flight: Flight | undefined;
  /** Decided on what the flight will leave behind; it flies when that has landed, and is decided anew when it has not. */
  ahead: Flight | undefined;
  isLoading: boolean;
  isAsking: boolean;
  isResting: boolean;
  conflictsInSuccession: number;
  /** How many commands the next flight may carry: halved after an error, doubled after a success. */
  commandsMax: number;
  /** Remembered ids and facts, as counted in the process's total. */
  weight: number;
  wasUsed: boolean;
  eventsSinceSnapshot: number;
  entriesInSnapshot: number;
};

export const createLane = (
  stream: string,
  kind: AnyKind,
  policy: (stream: string) => unknown,
  commandsMax: number,
): Lane => ({
  stream,
  kind,
  policy,
  queue: [],
  standing: undefined,
  isBehind: false,
  epoch: 0,
  ids: emptyIds(0),
  flight: undefined,
  ahead: undefined,
  isLoading: false,
  isAsking: false,
  isResting: false,
  conflictsInSuccession: 0,
  commandsMax,
  weight: 0,
  wasUsed: true,
  eventsSinceSnapshot: 0,
  entriesInSnapshot: 0,
});

export const isIdle = (lane: Lane): boolean =>
  lane.queue.length === 0 && lane.flight === undefined && !lane.isLoading && !lane.isAsking && !lane.isResting;

/**
 * Forgets where the stream stands; the next command loads it. What the index said goes, too: it was asked only for what
 * the dropped state did not remember, and a loaded one may remember less.
 */
export const dropStanding = (lane: Lane): void => {
  lane.epoch += 1;
  for (const pending of lane.queue) pending.askedUpTo = undefined;
  lane.standing = undefined;
  lane.isBehind = false;
  lane.ids = emptyIds(0);
};

export const nothingKnown: Known<unknown> = { facts: new Map(), elsewhere: new Map() };

/** An event as a decider and evolve see it. */
export const domainEventOf = ({ type, data, metadata }: RecordedEvent): DomainEvent => ({
  type,
  data,
  occurredAt: metadata.occurredAt,
});

/** Is this the revision of a stream's first event? */
export const isOpening = (revision: Revision): boolean => revision === NO_STREAM + 1;
