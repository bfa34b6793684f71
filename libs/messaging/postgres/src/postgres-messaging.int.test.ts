import { messagingContract, positionStoreContract } from '#testing';
import { createDatabase } from '#testing/postgres';
import { createTransport, underTest } from '../testing/transport.js';

messagingContract('PostgreSQL', async () => underTest(await createTransport(await createDatabase())));

positionStoreContract('PostgreSQL', async () => {
  const { one, two, drop } = await createTransport(await createDatabase());
  return { positions: [one.positions, two.positions], stop: drop };
});
