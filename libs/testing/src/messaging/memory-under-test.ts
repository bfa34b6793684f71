import { createMemoryBroker, createMemoryPositions } from '#messaging/memory';
import { machineClock } from '../runtime.js';
import type { MessagingUnderTest } from './messaging-contract.js';

const messageBytesMax = 2 * 1024 * 1024;

/** The transport in memory, with all hands that a scene can have: the contract's own yardstick. */
export const memoryUnderTest = (): MessagingUnderTest => {
  const broker = createMemoryBroker({ clock: machineClock, messageBytesMax });
  const done = (): Promise<void> => Promise.resolve();
  return {
    senders: [broker.sender(), broker.sender()],
    consumers: [broker.consumer(), broker.consumer()],
    positions: [createMemoryPositions()],
    makeTopic: (topic, partitions) => done().then(() => broker.createTopic(topic, partitions)),
    valueBytesTooMany: messageBytesMax + 1,
    write: (topic, message) => done().then(() => broker.write(topic, 0, message)),
    trim: (topic, below) => done().then(() => broker.trim(topic, 0, below)),
    remake: async (topic) => {
      broker.deleteTopic(topic);
      broker.createTopic(topic, 1);
      return done();
    },
  };
};
