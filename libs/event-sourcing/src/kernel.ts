import type { Decider } from './decider.js';
import type { DomainEvent, Position, RecordedEvent, Revision, Source } from './event.js';
import type { Instant } from './instant.js';
import type { JsonValue } from './json.js';

/**
 * What the index (a projection) adds to a state that has forgotten: facts of this stream by key, and facts under the same
 * key that stand above 0 in another stream.
 */
export type Known<Fact> = {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly elsewhere: ReadonlyMap<string, string>;
};

/** One kind of stream: its decider and what lanes need to know of its states. All functions are pure. */
export type StreamKind<State, Command, Event extends DomainEvent, Refusal, Policy, Fact> = {
  /** Streams of this kind are named `<prefix>-<id>`. */
  readonly prefix: string;
  readonly decider: Decider<State, Command, Event, Refusal, Policy, Known<Fact>>;
  readonly schemaVersionOf: (type: Event['type']) => number;
  /** The fact keys that deciding this command depends on. */
  readonly factKeysOf: (command: Command) => readonly string[];
  /** More keys that it turns out to depend on, once the index has told the facts of the first ones. */
  readonly furtherFactKeysOf?: (command: Command, facts: ReadonlyMap<string, Fact>) => readonly string[];
  /** Keys of which each stream has a fact of its own, whatever others hold: where the state remembers every fact, an unknown one is a new one. */
  readonly isOfOneStream?: (key: string) => boolean;
  /** Does the state remember this key? */
  readonly remembersFact: (state: State, key: string) => boolean;
  /** The revision from which on the state remembers every fact (0: all of them). */
  readonly factsRememberedFrom: (state: State) => Revision;
  /** The state without the closed facts it may forget; `from` is the revision of the next event. One that can forget
   * nothing answers itself, and is evicted as a whole. */
  readonly forgetFacts: (state: State, from: Revision) => State;
  /** How many facts or lines the state holds that it would forget or be evicted for: what the bound over all lanes counts. */
  readonly factCountOf: (state: State) => number;
  /**
   * The facts that an event leaves behind, by key: how a gap between the index and the state's memory is read from the
   * stream. Every kind whose states forget facts has it.
   */
  readonly factsOf?: (event: Event) => readonly (readonly [key: string, fact: Fact])[];
  /** The id of an earlier command that this event takes back: that id is decided anew. */
  readonly undoneBy?: (event: Event) => string | undefined;
  /** What a snapshot holds (without the facts that may be forgotten), and back. `foldVersion` changes with evolve. */
  readonly snapshot: {
    readonly foldVersion: number;
    readonly encode: (state: State) => JsonValue;
    /** About how many entries `encode` writes: a large state is saved again after as many events. */
    readonly entryCountOf: (state: State) => number;
    /** The restored state; facts are remembered from `next` (the revision after the snapshot's) on. */
    readonly decode: (value: JsonValue, next: Revision) => State;
  };
};

/** A command on its way to a stream. `guard`: the caller's id guards it (`id`), or its fact key and version do (`key`). */
export type Envelope<Command> = {
  readonly stream: string;
  readonly command: Command;
  /** What the caller sent, where the edge has filled in more (a moment left out is now): hashed instead of the command. */
  readonly content?: JsonValue;
  readonly commandId: string;
  readonly guard: 'id' | 'key';
  readonly source: Source;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Dropped before it is decided when this has passed; never after. */
  readonly deadline: Instant;
};

/**
 * What became of a command. `accepted` is durable. `repeated`: it had been accepted before, these are its events of then.
 * `state` is the stream's state after it. `opened`: it wrote the first event of its stream.
 */
export type Outcome<State, Refusal> =
  | {
      readonly kind: 'accepted';
      readonly events: readonly RecordedEvent[];
      readonly repeated: boolean;
      readonly opened: boolean;
      readonly revision: Revision;
      /** The highest position that the command's events have; undefined when it wrote none or was repeated. */
      readonly position?: Position;
      readonly state: State;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly revision: Revision }
  | { readonly kind: 'command_id_reused' }
  /** The events that it makes are more than the store takes in one append; nothing was stored, and no retry helps. */
  | { readonly kind: 'too_large'; readonly bytes: number; readonly bytesMax: number }
  | { readonly kind: 'busy'; readonly retryAfterMillis: number }
  | { readonly kind: 'deadline_exceeded' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'outcome_unknown' };

/** The face of a kind's lanes: what command handlers call. */
export type Lanes<State, Command, Refusal> = {
  readonly execute: (envelope: Envelope<Command>) => Promise<Outcome<State, Refusal>>;
  /** The state as of the last event that the store has: always reads what is not cached, decides nothing. */
  readonly load: (
    streams: readonly string[],
  ) => Promise<readonly { readonly revision: Revision; readonly state: State }[]>;
};

/** Memory of forgotten ids and keys, written by the index projection. Losing it costs time, never correctness. */
export type KeyIndex = {
  readonly lookup: (questions: readonly KeyQuestion[]) => Promise<readonly KeyAnswer[]>;
};
export type KeyQuestion = {
  readonly stream: string;
  readonly commandIds: readonly string[];
  readonly factKeys: readonly string[];
};
export type KeyAnswer = {
  /** The highest revision of the stream that the index has seen (NO_STREAM: none). What lies between is read. */
  readonly highest: Revision;
  readonly commands: ReadonlyMap<string, { readonly hash: string; readonly first: Revision; readonly last: Revision }>;
  /** What the kind's `Fact` was when the index saw it last, as JSON. */
  readonly facts: ReadonlyMap<string, JsonValue>;
  /** Fact key -> another stream where it stands above 0. */
  readonly elsewhere: ReadonlyMap<string, string>;
};

/** Snapshots of states, kept beside either engine and thrown away when the hash or a version differs. */
export type SnapshotStore = {
  readonly load: (streams: readonly string[]) => Promise<readonly (Snapshot | undefined)[]>;
  readonly save: (snapshots: readonly Snapshot[]) => Promise<void>;
};
export type Snapshot = {
  readonly stream: string;
  readonly revision: Revision;
  /** Hash of the event at `revision`; the chain of the tail must continue it. */
  readonly hash: string;
  readonly foldVersion: number;
  readonly state: JsonValue;
};
