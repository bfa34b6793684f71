import type { PartitionBounds } from './alarm.js';
import type { PartitionBatch } from './ports.js';

export type TopicReading = {
  readonly topics: readonly string[];
  /** Every message that there is now, or of each partition the last one alone. */
  readonly from: 'first' | 'last';
  /** Batches of one partition come in order, of several at the same time. */
  readonly onBatch: (batch: PartitionBatch) => void | Promise<void>;
  readonly signal?: AbortSignal;
};

/** Reads what topics hold at one moment, for tools and checks: it is nobody's position that moves. */
export type TopicReader = {
  /** What each partition of these topics holds; none of a topic that does not exist. @throws when nobody can say */
  readonly bounds: (topics: readonly string[]) => Promise<ReadonlyMap<string, ReadonlyMap<number, PartitionBounds>>>;
  /**
   * To the end that the topics had at the beginning. What fails is tried again until the signal aborts.
   * @throws when nobody can say what there is, or the signal's reason
   */
  readonly read: (reading: TopicReading) => Promise<void>;
};
