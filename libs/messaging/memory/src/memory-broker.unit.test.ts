import { memoryUnderTest, messagingContract, positionStoreContract } from '#testing';
import { createMemoryPositions } from './memory-positions.js';

messagingContract('memory', memoryUnderTest);
positionStoreContract('memory', () => ({ positions: [createMemoryPositions()] }));
