import type { IHeaders } from 'kafkajs';
import { createMemoryPositions } from '#messaging/memory';
import type { ForeignMessage, MessagingUnderTest } from '#testing';
import { connect } from '../src/connection.js';
import { createKafkaConsumer, createKafkaSender } from '../src/index.js';
import { kafkaHands, quickTimings } from './kafka-hands.js';

const messageBytesMax = 2 * 1024 * 1024;
const settings = { 'max.message.bytes': messageBytesMax };

/** What the contract of messaging asks for, at these brokers. */
export const kafkaUnderTest = async (brokers: readonly string[]): Promise<MessagingUnderTest> => {
  const hands = await kafkaHands(brokers);
  const senders = [createKafkaSender({ brokers }), createKafkaSender({ brokers })];
  const consumer = { brokers, timings: quickTimings };
  const foreign = connect({ brokers }).producer();
  await foreign.connect();
  return {
    senders,
    consumers: [createKafkaConsumer(consumer), createKafkaConsumer(consumer)],
    positions: [createMemoryPositions()],
    makeTopic: (topic, partitions) => hands.makeTopic(topic, { partitions, ...settings }),
    valueBytesTooMany: messageBytesMax + 1,
    write: async (topic, { key, value, headers }) => {
      const message = { key: bufferOf(key), value: bufferOf(value), headers: headersOf(headers), partition: 0 };
      await foreign.send({ topic, messages: [message] });
    },
    trim: (topic, below) => hands.trim(topic, below),
    remake: async (topic) => {
      await hands.deleteTopic(topic);
      await hands.makeTopic(topic, settings);
    },
    stop: async () => {
      await Promise.all([foreign.disconnect(), hands.close(), ...senders.map((sender) => sender.close())]);
    },
  };
};

const bufferOf = (bytes: Uint8Array | undefined): Buffer | null => (bytes === undefined ? null : Buffer.from(bytes));

/** Repeated names as an array, as the client wants them; without a prototype any name is a name. */
const headersOf = (headers: ForeignMessage['headers']): IHeaders => {
  const all = Object.create(null) as Record<string, string[]>;
  for (const [name, text] of headers) (all[name] ??= []).push(text);
  return all;
};
