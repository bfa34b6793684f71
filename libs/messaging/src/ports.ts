import type { IncomingMessage, Offset, OutgoingMessage } from './message.js';

export type MessagingCapabilities = {
  readonly name: string;
  /** Partitions of a topic that are handled at the same time and shared between the members of a group. */
  readonly partitions: boolean;
  /** Superseded messages of a key may be removed (a compacted topic). */
  readonly compacts: boolean;
  /** Topics are made by somebody: a message to one that does not exist is refused. */
  readonly topicsMustExist: boolean;
};

/** Not now: nobody knows which of the messages are stored. Sending all of them again is right. */
export class SendUnavailableError extends Error {
  override readonly name = 'SendUnavailableError';
}

/**
 * - too_large: the message can never be stored as it is
 * - no_such_topic: no message can be stored there until somebody makes the topic
 */
export type RefusalReason = 'too_large' | 'no_such_topic';

export type Refused = ErrorOptions & {
  readonly reason?: RefusalReason;
  /** Which one of the messages handed over, from 0, where it is known. */
  readonly index?: number;
};

/** Nothing is gained by sending the same again. Of the other messages nobody knows which are stored: sending them again is right. */
export class MessageRefusedError extends Error {
  override readonly name = 'MessageRefusedError';
  readonly reason: RefusalReason;
  readonly index: number | undefined;
  constructor(message: string, { reason = 'too_large', index, ...options }: Refused = {}) {
    super(message, options);
    this.reason = reason;
    this.index = index;
  }
}

/** Puts messages into topics, each at least once. */
export type MessageSender = {
  readonly capabilities: MessagingCapabilities;
  /**
   * Resolves when every message is stored durably, those of a key in the order given. One call at a time and topic:
   * a second one waits for the first. No messages are sent at once.
   * @throws SendUnavailableError, MessageRefusedError
   */
  send(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Ends what is under way, then the connections. */
  close(): Promise<void>;
};

/** Messages of one partition, offsets ascending, at least one. */
export type PartitionBatch = {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
};

/** Which record stood last below a position: when another one stands there, the topic was made anew. */
export type RecordMark = { readonly offset: Offset; readonly fingerprint: string };

/** How far a group has come in one partition: everything below `next` is decided or parked. */
export type PartitionPosition = { readonly next: Offset; readonly last?: RecordMark };

/** Where groups keep their positions: in PostgreSQL with every transport. */
export type PositionStore = {
  load(group: string, topic: string): Promise<ReadonlyMap<number, PartitionPosition>>;
  /** Moves one position forward; never back. Answers where it stands then: further than asked when another member was ahead. */
  advance(group: string, topic: string, partition: number, to: PartitionPosition): Promise<PartitionPosition>;
  /** An operator's decision after an alarm: go on from here, wherever that is. */
  reset(group: string, topic: string, partition: number, to: PartitionPosition): Promise<void>;
};

/** Why the intake of a partition stands still until a person says where to go on (`PositionStore.reset`). */
export type PartitionAlarm = {
  readonly topic: string;
  readonly partition: number;
  readonly reason: 'retention_passed_by' | 'topic_made_anew';
  readonly position: PartitionPosition;
  /** The first offset there is, and the one that the next message will get. */
  readonly low: Offset;
  readonly high: Offset;
};

export type ConsumerOptions = {
  readonly group: string;
  readonly topics: readonly string[];
  readonly positions: PositionStore;
  readonly batchMessagesMax?: number;
  /**
   * Decides or parks every message; the position moves past them when it resolves. Batches of one partition come one
   * after another, of several partitions at the same time. One bad message is no reason to reject: a rejection stands
   * for "not now", and the same messages come again after a while. `signal` aborts when the partition is given up.
   */
  readonly handle: (batch: PartitionBatch, signal: AbortSignal) => Promise<void>;
  readonly onAlarm: (alarm: PartitionAlarm) => void;
  /** Something failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

export type PartitionStatus = {
  readonly topic: string;
  readonly partition: number;
  /**
   * - failing: the last try went wrong, and what it met comes again after a while, again and again
   * - alarmed: it stands still until a person says where to go on
   */
  readonly state: 'running' | 'failing' | 'alarmed';
  /** Messages between the position and the end, as known last; undefined before the first look. */
  readonly lag: number | undefined;
};

export type Consuming = {
  readonly status: () => readonly PartitionStatus[];
  /** Finishes the batches under way and leaves the group. */
  readonly stop: () => Promise<void>;
};

/** Follows topics as a member of a group. Runs until stopped: a transport that is away is trouble, not an end. */
export type MessageConsumer = {
  readonly capabilities: MessagingCapabilities;
  /** Resolves when it has begun to run, which needs no transport to be there. @throws when a topic is not fit for an intake */
  consume(options: ConsumerOptions): Promise<Consuming>;
};
