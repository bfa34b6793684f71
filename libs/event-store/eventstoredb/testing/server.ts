import { createEventStoreDbStore, type EventStoreDbStore } from '../src/event-store.js';
import { type EventStoreOptions, startEventStoreServer } from '../../../../test/servers/eventstoredb/index.js';

/** A server to run suites against: a real one named by EVENTSTOREDB_URL, else one of ours that speaks its protocol. */
export const serverUnderTest = async (): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const url = process.env['EVENTSTOREDB_URL'];
  return url === undefined ? startEventStoreServer() : { url, stop: () => Promise.resolve() };
};

/** A server whose faults a test has in hand, and a store on it. */
export const startFaultyServer = async (options: EventStoreOptions = {}, answerMsMax = 1_000) => {
  const server = await startEventStoreServer(options);
  const stores: EventStoreDbStore[] = [];
  const open = (url = server.url): EventStoreDbStore => {
    const store = createEventStoreDbStore({ url, prefixes: ['stock-', 'order-'], answerMsMax });
    stores.push(store);
    return store;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
  };
  return { server, open, store: open(), stop };
};

export type FaultyServer = Awaited<ReturnType<typeof startFaultyServer>>;
