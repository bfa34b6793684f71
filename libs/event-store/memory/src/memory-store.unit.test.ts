import { eventStoreContract } from '#testing';
import { createMemoryStore } from './memory-store.js';

eventStoreContract('memory', () => ({ store: createMemoryStore() }));
eventStoreContract('memory with short tails', () => ({ store: createMemoryStore({ tailEventsMax: 7 }) }));
