import { createMemoryStore } from '#event-store/memory';
import { createMemoryPositions } from '#messaging/memory';
import {
  eventStoreChecks,
  memoryUnderTest,
  messagingChecks,
  messagingSceneOf,
  positionSceneOf,
  positionStoreChecks,
  sceneOf,
} from '#testing';
import { checksOf, countOf, type Adapter } from '../suite.js';

export const memory: Adapter = {
  count: countOf(eventStoreChecks, messagingChecks, positionStoreChecks),
  open: () => {
    const store = createMemoryStore();
    const transport = memoryUnderTest();
    return Promise.resolve({
      checks: [
        ...checksOf('event store', eventStoreChecks, () => sceneOf({ store })),
        ...checksOf('messaging', messagingChecks, () => messagingSceneOf(transport)),
        ...checksOf('positions', positionStoreChecks, () => positionSceneOf([createMemoryPositions()])),
      ],
      stop: () => Promise.resolve(),
    });
  },
};
