import { eventStoreContract } from '#testing';
import { serverUnderTest } from '../testing/server.js';
import { createEventStoreDbStore } from './event-store.js';

eventStoreContract('EventStoreDB', async () => {
  const server = await serverUnderTest();
  // A slow machine is waited for: what is given up after a while has its own tests.
  const options = { url: server.url, prefixes: ['contract-'], answerMsMax: 60_000 };
  const [store, ...peers] = [1, 2, 3].map(() => createEventStoreDbStore(options));
  return {
    store: store!,
    peers,
    stop: async () => {
      await Promise.all([store!, ...peers].map((one) => one.close()));
      await server.stop();
    },
  };
});
