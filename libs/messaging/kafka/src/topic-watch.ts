import type { Admin } from 'kafkajs';
import type { PartitionBounds } from '#messaging';
import { withAdvice } from './access.js';
import { connect, retryOf, type KafkaConnection } from './connection.js';
import { assertFit } from './topics.js';

/** What the brokers say of topics. Each question fails when they cannot be asked now. */
export type TopicWatch = {
  readonly bounds: (topic: string) => Promise<ReadonlyMap<number, PartitionBounds>>;
  /** @throws UnfitTopicError */
  readonly assertFit: (topics: readonly string[], own: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Who asks has something better to do than to wait: it asks again later. */
const retry = retryOf(2, 1_000);
const waits = { connectionTimeout: 3_000, requestTimeout: 10_000 };

export const createTopicWatch = (connection: KafkaConnection): TopicWatch => {
  let admin: Admin | undefined;
  const close = async (): Promise<void> => {
    const old = admin;
    admin = undefined;
    await old?.disconnect().catch(() => undefined);
  };
  const ask = async <Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> => {
    const asked = (admin ??= connect(connection, retry, waits).admin({ retry }));
    try {
      await asked.connect();
      return await question(asked);
    } catch (error) {
      if (admin === asked) await close();
      throw withAdvice(error, connection);
    }
  };
  return {
    bounds: async (topic) => {
      const offsets = await ask((asked) => asked.fetchTopicOffsets(topic));
      return new Map(offsets.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]));
    },
    assertFit: (topics, own) => ask((asked) => assertFit(asked, topics, own)),
    close,
  };
};
