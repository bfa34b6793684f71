import type { Clock, Random } from '#event-sourcing';
import { createWakeUp, type MessageConsumer, type MessageSender, type MessagingCapabilities } from '#messaging';
import { createTrouble, type BrokerFaults } from './faults.js';
import { createGroups } from './memory-groups.js';
import { createPartition, type MemoryPartition, type RawMessage } from './memory-log.js';
import { createSender } from './memory-sender.js';

/** Topics in memory, with senders and consumers that meet there, and faults on demand. */
export type MemoryBroker = {
  readonly createTopic: (topic: string, partitions?: number) => void;
  readonly deleteTopic: (topic: string) => void;
  /** As a foreign writer: any bytes. */
  readonly write: (topic: string, partition: number, message: RawMessage) => void;
  /** What retention does: everything below an offset is gone. */
  readonly trim: (topic: string, partition: number, below: number) => void;
  readonly sender: () => MessageSender;
  readonly consumer: () => MessageConsumer;
  readonly faults: BrokerFaults;
};

export type MemoryBrokerOptions = {
  readonly clock: Clock;
  /** For jitter. */
  readonly random?: Random;
  /** Key, headers and value together. */
  readonly messageBytesMax?: number;
};

const capabilities: MessagingCapabilities = {
  name: 'memory',
  partitions: true,
  compacts: false,
  topicsMustExist: true,
};
const messageBytesDefault = 2 * 1024 * 1024;
const partitionsDefault = 3;

/** @example const broker = createMemoryBroker({ clock }); broker.createTopic('stock.orders.v1'); */
export const createMemoryBroker = (options: MemoryBrokerOptions): MemoryBroker => {
  const topics = new Map<string, readonly MemoryPartition[]>();
  const changed = createWakeUp();
  const trouble = createTrouble();
  const timing = { clock: options.clock, random: options.random ?? (() => 0.5) };
  const groups = createGroups({ topics, changed, assertThere: trouble.assertThere }, timing);
  const bytesMax = options.messageBytesMax ?? messageBytesDefault;
  const of = (topic: string, partition: number): MemoryPartition => {
    const found = topics.get(topic)?.[partition];
    if (found === undefined) throw new Error(`${topic} has no partition ${partition}`);
    return found;
  };
  return {
    faults: trouble.faults,
    createTopic: (topic, partitions = partitionsDefault) => {
      if (topics.has(topic)) throw new Error(`${topic} exists`);
      topics.set(topic, Array.from({ length: partitions }, createPartition));
      groups.assign();
    },
    deleteTopic: (topic) => {
      topics.delete(topic);
      groups.assign();
    },
    write: (topic, partition, message) => {
      of(topic, partition).add(message);
      changed.notify();
    },
    trim: (topic, partition, below) => of(topic, partition).trim(below),
    sender: () => createSender({ capabilities, topics, changed, trouble, bytesMax }),
    consumer: () => ({ capabilities, consume: (consumer) => groups.join(consumer) }),
  };
};
