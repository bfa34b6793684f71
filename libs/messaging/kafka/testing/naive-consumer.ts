import type { EachBatchPayload } from 'kafkajs';
import { becomesTrue } from '../../../../test/servers/kafka/index.js';
import { connect, retryOf } from '../src/connection.js';

/** The client as its first page shows it: what it does is what our rules are held against. */
export type NaiveConsumer = {
  readonly values: readonly string[];
  readonly crashes: readonly { readonly restart: boolean; readonly error: Error }[];
  /** How often it has asked for messages. */
  readonly fetches: () => number;
  /** How often it has joined its group. */
  readonly joins: () => number;
  readonly stop: () => Promise<void>;
};

export type NaiveOptions = {
  readonly brokers: readonly string[];
  readonly group: string;
  readonly topic: string;
  readonly sessionMs?: number;
  readonly autoResolve?: boolean;
  /** undefined: every message is taken. */
  readonly eachBatch?: (payload: EachBatchPayload, take: (value: string) => void) => Promise<void>;
};

export const startNaive = async (options: NaiveOptions): Promise<NaiveConsumer> => {
  const { brokers, group, topic, eachBatch, autoResolve = true, sessionMs = 6_000 } = options;
  const consumer = connect({ brokers }, retryOf(8, 1_000)).consumer({
    groupId: group,
    sessionTimeout: sessionMs,
    heartbeatInterval: 500,
    maxWaitTimeInMs: 50,
    retry: retryOf(2, 500),
  });
  const [values, crashes]: [string[], { restart: boolean; error: Error }[]] = [[], []];
  const seen = { fetches: 0, joins: 0 };
  consumer.on('consumer.fetch', () => (seen.fetches += 1));
  consumer.on('consumer.group_join', () => (seen.joins += 1));
  consumer.on('consumer.crash', ({ payload }) => void crashes.push(payload));
  const take = (value: string): void => void values.push(value);
  const takeAll = ({ batch }: EachBatchPayload): Promise<void> => {
    for (const { value } of batch.messages) take(value?.toString() ?? 'tombstone');
    return Promise.resolve();
  };
  await consumer.connect();
  const subscribe = (): Promise<void> => consumer.subscribe({ topics: [topic], fromBeginning: true });
  // Not every broker has heard yet of a topic that was made a moment ago.
  await becomesTrue(() => subscribe().then(() => true), 20_000);
  await consumer.run({
    eachBatchAutoResolve: autoResolve,
    eachBatch: (payload) => (eachBatch === undefined ? takeAll(payload) : eachBatch(payload, take)),
  });
  return { values, crashes, fetches: () => seen.fetches, joins: () => seen.joins, stop: () => consumer.disconnect() };
};
