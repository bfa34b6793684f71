import { createPostgresEventStore, ledgerModule } from '#event-store/postgres';
import { provision } from '#postgres';
import {
  eventStoreChecks,
  messagingChecks,
  messagingSceneOf,
  positionSceneOf,
  positionStoreChecks,
  sceneOf,
} from '#testing';
import { createDatabase } from '#testing/postgres';
import { createTransport, underTest } from '../../../libs/messaging/postgres/testing/transport.js';
import { checksOf, countOf, type Adapter } from '../suite.js';

/** A server whose role may create databases: one is made for the log and one for messages, and both are dropped. */
export const postgres: Adapter = {
  variable: 'DATABASE_URL',
  count: countOf(eventStoreChecks, messagingChecks, positionStoreChecks),
  open: async (address) => {
    const log = await openLog(address);
    const transport = underTest(await createTransport(await createDatabase(address)));
    return {
      checks: [
        ...checksOf('event store', eventStoreChecks, () => sceneOf(log)),
        ...checksOf('messaging', messagingChecks, () => messagingSceneOf(transport)),
        ...checksOf('positions', positionStoreChecks, () => positionSceneOf(transport.positions)),
      ],
      stop: async () => {
        await log.stop();
        await transport.stop?.();
      },
    };
  },
};

const openLog = async (address: string) => {
  const database = await createDatabase(address);
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [ledgerModule] });
  const store = createPostgresEventStore({ url: serviceUrl });
  const peers = [1, 2].map(() => createPostgresEventStore({ url: serviceUrl }));
  const stop = async (): Promise<void> => {
    await Promise.all([store, ...peers].map((one) => one.close()));
    await database.drop();
  };
  return { store, peers, stop };
};
