import type { KafkaConnection } from './connection.js';

export type KafkaConsumerOptions = KafkaConnection & {
  /** Compacted topics that our own senders alone write to: others are refused as an intake. */
  readonly ownCompactedTopics?: readonly string[];
  readonly timings?: Partial<ConsumerTimings>;
};

/** Milliseconds. */
export type ConsumerTimings = {
  /** A member that says nothing for so long has lost its partitions. A killed one holds them for so long, too. */
  readonly sessionMs: number;
  readonly heartbeatMs: number;
  /** How long a group waits for the batches under way of its members when it shares out anew. */
  readonly rebalanceMs: number;
  /** How long a broker waits for enough messages before it answers with what it has. */
  readonly fetchWaitMs: number;
  /** How often what the topics hold is looked up: the lag, and whether retention has passed by. */
  readonly lookMs: number;
  /** How often the last record that was handled is read again. */
  readonly verifyMs: number;
  /** How often a partition that stands still looks whether its position was reset. */
  readonly alarmedPollMs: number;
  /** How often Kafka is told the positions: what a new member reads again, and skips. */
  readonly commitMs: number;
  /** Messages wait and nothing moves, though nothing is being handled: the client is made anew. */
  readonly stallMsMax: number;
  /** Waits after failures: doubled from one to the next. */
  readonly backoffMsMin: number;
  readonly backoffMsMax: number;
};

/**
 * The session is the shortest that brokers take by default: the partitions of a killed member are handled again within
 * 10 s. Heartbeats go on while something is handled, so that a long handler costs nothing; a process that stands still
 * for longer is expelled, and what it had under way comes twice.
 */
export const defaultTimings: ConsumerTimings = {
  sessionMs: 6_000,
  heartbeatMs: 1_000,
  rebalanceMs: 60_000,
  fetchWaitMs: 50,
  lookMs: 5_000,
  verifyMs: 60_000,
  alarmedPollMs: 1_000,
  commitMs: 5_000,
  stallMsMax: 60_000,
  backoffMsMin: 50,
  backoffMsMax: 5_000,
};
