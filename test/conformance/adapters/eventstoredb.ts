import { createEventStoreDbStore } from '#event-store/eventstoredb';
import { eventStoreChecks, sceneOf } from '#testing';
import { checksOf, countOf, type Adapter } from '../suite.js';

/** What it appends stays at the server, in streams that begin with `contract-`. */
export const eventstoredb: Adapter = {
  variable: 'EVENTSTOREDB_URL',
  count: countOf(eventStoreChecks),
  open: (address) => {
    // A slow server is waited for: the check as a whole has its own bound.
    const open = () => createEventStoreDbStore({ url: address, prefixes: ['contract-'], answerMsMax: 60_000 });
    const store = open();
    const peers = [open(), open()];
    return Promise.resolve({
      checks: checksOf('event store', eventStoreChecks, () => sceneOf({ store, peers })),
      stop: async () => {
        await Promise.all([store, ...peers].map((one) => one.close()));
      },
    });
  },
};
