import { createDatabase } from '#testing/postgres';
import { eventStoreContract } from '#testing';
import { provision } from '#postgres';
import { createPostgresEventStore } from './event-store.js';
import { ledgerModule } from './ledger-module.js';

eventStoreContract('PostgreSQL', async () => {
  const database = await createDatabase();
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [ledgerModule] });
  const [store, ...peers] = [1, 2, 3].map(() => createPostgresEventStore({ url: serviceUrl }));
  return {
    store: store!,
    peers,
    stop: async () => {
      await Promise.all([store!, ...peers].map((one) => one.close()));
      await database.drop();
    },
  };
});
