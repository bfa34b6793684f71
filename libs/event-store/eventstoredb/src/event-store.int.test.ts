import { eventStoreContract } from '#testing';
import { serverUnderTest } from '../testing/server.js';
import { createEventStoreDbStore } from './event-store.js';

eventStoreContract('EventStoreDB', async () => {
  const server = await serverUnderTest();
  const [store, ...peers] = [1, 2, 3].map(() => createEventStoreDbStore({ url: server.url, prefixes: ['contract-'] }));
  return {
    store: store!,
    peers,
    stop: async () => {
      await Promise.all([store!, ...peers].map((one) => one.close()));
      await server.stop();
    },
  };
});
