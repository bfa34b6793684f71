import type { Producer, RecordMetadata } from 'kafkajs';
import { MessageRefusedError, SendUnavailableError } from '#messaging';
import type { Numbered } from './batches.js';
import { connect, retryOf, type KafkaConnection } from './connection.js';
import { isTooLarge, messageOf } from './errors.js';

/** Sends to one partition, one awaited batch after another. */
export type PartitionSender = {
  /** @throws SendUnavailableError, MessageRefusedError */
  readonly send: (batch: readonly Numbered[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * The client's own retries within one send: about 10 s when brokers refuse, and it always comes to an end. A send that
 * is under way is never given up, because its client would store it later, behind what came after it.
 */
const retry = retryOf(4, 3_000);
/** A silent broker is left for another leader. */
const requestMsMax = 15_000;
/** A producer that fails for so long gets a successor: the old one may hold on to what is no more. */
const failingMsMax = 30_000;

/**
 * A producer for this partition alone: one send over several partitions may resolve though a part of it was never sent
 * while leaders move. Not idempotent: the cleaner of compacted topics keeps an idempotent producer's last batch as an
 * empty one, at which consumers with this client stand for ever. What that costs is a batch stored twice when a broker
 * stays silent.
 */
export const createPartitionSender = (
  connection: KafkaConnection,
  topic: string,
  partition: number,
): PartitionSender => {
  let producer: Producer | undefined;
  let failingSince: number | undefined;
  const fresh = (): Producer =>
    connect(connection, retry, { requestTimeout: requestMsMax }).producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      retry,
    });
  const drop = async (): Promise<void> => {
    const old = producer;
    producer = undefined;
    failingSince = undefined;
    await old?.disconnect().catch(() => undefined);
  };
  const attempt = async (batch: readonly Numbered[]): Promise<void> => {
    if (producer === undefined) {
      const made = fresh();
      await made.connect();
      producer = made;
    }
    const messages = batch.map(({ message: { key, value, headers } }) => ({ key, value, headers, partition }));
    assertStored(await producer.send({ topic, acks: -1, messages }), partition);
    failingSince = undefined;
  };
  const send = async (batch: readonly Numbered[]): Promise<void> => {
    try {
      await attempt(batch);
    } catch (error) {
      if (isTooLarge(error)) return sendHalves(batch, error);
      failingSince ??= performance.now();
      if (performance.now() - failingSince > failingMsMax) await drop();
      throw new SendUnavailableError(`${topic}/${partition}: ${messageOf(error)}`, { cause: error });
    }
  };
  /** One is too large, or all of them together: none is stored. */
  const sendHalves = async (batch: readonly Numbered[], cause: unknown): Promise<void> => {
    const [first] = batch;
    if (first === undefined || batch.length === 1) throw tooLarge(topic, first, cause);
    const middle = Math.ceil(batch.length / 2);
    await send(batch.slice(0, middle));
    await send(batch.slice(middle));
  };
  return { send, close: drop };
};

/** The client resolves with what the brokers answered, which may be less than what was asked of them. */
export const assertStored = (answers: readonly RecordMetadata[], partition: number): void => {
  const [answer, ...others] = answers;
  if (answer?.partition === partition && answer.errorCode === 0 && others.length === 0) return;
  throw new Error(`the brokers have not said that partition ${partition} has it: ${JSON.stringify(answers)}`);
};

const tooLarge = (topic: string, one: Numbered | undefined, cause: unknown): MessageRefusedError =>
  new MessageRefusedError(`${topic}: message ${one?.index} (key ${one?.message.key}) is too large`, {
    reason: 'too_large',
    ...(one !== undefined && { index: one.index }),
    cause,
  });
