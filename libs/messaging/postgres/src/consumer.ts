import {
  type ConsumerOptions,
  type Consuming,
  type IncomingMessage,
  type MessageConsumer,
  type PartitionSource,
  runPartition,
  type Timing,
  type WakeUp,
} from '#messaging';
import { type Pool, prepared } from '#postgres';
import { batchBytesMax, pollMsMax, pollMsMin } from './bounds.js';
import { capabilities } from './sender.js';
import { sql } from './statements.js';

/**
 * Each topic is one partition. Members of one group do not share it: each follows all of it, and the position never goes
 * back, so one member is enough.
 */
export const createConsumer = (pool: Pool, sent: WakeUp, timing: Timing): MessageConsumer => ({
  capabilities,
  consume: (options) => Promise.resolve(followTopics(pool, sent, options, timing)),
});

const followTopics = (pool: Pool, sent: WakeUp, options: ConsumerOptions, timing: Timing): Consuming => {
  const runs = options.topics.map((topic) => runPartition(topicSource(pool, sent, topic), options, timing));
  return {
    status: () => runs.map(({ status }) => status()),
    stop: async () => {
      await Promise.all(runs.map(({ stop }) => stop()));
    },
  };
};

type Row = {
  readonly place: number;
  readonly key: Buffer | null;
  readonly headers: string;
  readonly value: Buffer | null;
};

const topicSource = (pool: Pool, sent: WakeUp, topic: string): PartitionSource => {
  let pauseMs = pollMsMin;
  return {
    topic,
    partition: 0,
    bounds: async () => {
      const { rows } = await pool.query<{ low: number; high: number }>(prepared(sql['read-bounds'], [topic]));
      return rows[0] ?? { low: 0, high: 0 };
    },
    read: async (from, messagesMax) => {
      pauseMs = pollMsMin;
      const { rows } = await pool.query<Row>(prepared(sql['read-messages'], [topic, from, messagesMax, batchBytesMax]));
      return rows.map(messageOf);
    },
    wait: async (_, signal) => {
      await sent.next(signal, pauseMs);
      pauseMs = Math.min(pauseMs * 2, pollMsMax);
    },
  };
};

const messageOf = ({ place, key, headers, value }: Row): IncomingMessage => ({
  offset: place,
  key: key ?? undefined,
  headers: new Map(JSON.parse(headers) as readonly (readonly [string, string])[]),
  value: value ?? undefined,
});
