import {
  MessageRefusedError,
  type MessageSender,
  type MessagingCapabilities,
  type OutgoingMessage,
  type WakeUp,
} from '#messaging';
import type { Trouble } from './faults.js';
import type { MemoryPartition, RawMessage } from './memory-log.js';

type Parts = {
  readonly capabilities: MessagingCapabilities;
  readonly topics: ReadonlyMap<string, readonly MemoryPartition[]>;
  readonly changed: WakeUp;
  readonly trouble: Trouble;
  readonly bytesMax: number;
};

export const createSender = ({ capabilities, topics, changed, trouble, bytesMax }: Parts): MessageSender => {
  const store = (topic: string, messages: readonly OutgoingMessage[]): void => {
    const partitions = topics.get(topic);
    if (partitions === undefined) {
      throw new MessageRefusedError(`there is no topic ${topic}`, { reason: 'no_such_topic' });
    }
    const raw = messages.map(rawOf);
    assertSizes(raw, bytesMax);
    for (const message of raw) partitionOf(message, partitions).add(message);
    changed.notify();
  };
  return {
    capabilities,
    send: async (topic, messages) => {
      trouble.send(() => store(topic, messages));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};

const rawOf = ({ key, headers, value }: OutgoingMessage): RawMessage => ({
  key: Buffer.from(key),
  headers: Object.entries(headers),
  value: value === null ? undefined : Buffer.from(value),
});

const assertSizes = (messages: readonly RawMessage[], bytesMax: number): void => {
  const index = messages.findIndex((message) => bytesOf(message) > bytesMax);
  if (index >= 0) throw new MessageRefusedError(`message ${index} is over ${bytesMax} bytes`, { index });
};

const bytesOf = ({ key, headers, value }: RawMessage): number =>
  headers.reduce(
    (bytes, [name, text]) => bytes + Buffer.byteLength(name) + Buffer.byteLength(text),
    (key?.length ?? 0) + (value?.length ?? 0),
  );

/** FNV-1a: spreads keys evenly, and is a line long. */
const partitionOf = ({ key }: RawMessage, partitions: readonly MemoryPartition[]): MemoryPartition => {
  let hash = 0x811c_9dc5;
  for (const byte of key ?? []) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return partitions[(hash >>> 0) % partitions.length] as MemoryPartition;
};
