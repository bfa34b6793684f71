import { setTimeout as wait } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { MessageRefusedError, SendUnavailableError } from '#messaging';
import { withAdvice } from './access.js';
import { connect, retryOf, type KafkaConnection } from './connection.js';
import { isNoTopic, messageOf } from './errors.js';

export type TopicDirectory = {
  /** How many partitions a topic has. @throws SendUnavailableError, MessageRefusedError */
  readonly partitions: (topic: string) => Promise<number>;
  /** Asks again next time: a send to the topic has failed. */
  readonly forget: (topic: string) => void;
  readonly close: () => Promise<void>;
};

const retry = retryOf(3, 1_000);
/** A topic that was made a moment ago is not known to every broker yet: asked again after these, 1.5 s in all. */
const unknownWaitsMs = [100, 200, 400, 800];

export const createTopicDirectory = (connection: KafkaConnection): TopicDirectory => {
  const known = new Map<string, number>();
  let admin: Admin | undefined;
  const drop = async (): Promise<void> => {
    const old = admin;
    admin = undefined;
    await old?.disconnect().catch(() => undefined);
  };
  const ask = async (topic: string): Promise<number> => {
    const asked = (admin ??= connect(connection, retry).admin({ retry }));
    await asked.connect();
    const { topics } = await asked.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? 0;
  };
  const askPatiently = async (topic: string): Promise<number> => {
    for (const waitMs of unknownWaitsMs) {
      try {
        return await ask(topic);
      } catch (error) {
        if (!isNoTopic(error)) throw error;
        await wait(waitMs);
      }
    }
    return ask(topic);
  };
  const partitions = async (topic: string): Promise<number> => {
    const remembered = known.get(topic);
    if (remembered !== undefined) return remembered;
    try {
      const count = await askPatiently(topic);
      known.set(topic, count);
      return count;
    } catch (error) {
      await drop();
      if (isNoTopic(error)) {
        throw new MessageRefusedError(`there is no topic ${topic}`, { reason: 'no_such_topic', cause: error });
      }
      throw new SendUnavailableError(`${topic}: ${messageOf(withAdvice(error, connection))}`, { cause: error });
    }
  };
  return { partitions, forget: (topic) => void known.delete(topic), close: drop };
};
