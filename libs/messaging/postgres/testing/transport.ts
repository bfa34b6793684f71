import { createPool, type Pool, prepared, provision, byteaArray, textArray } from '#postgres';
import type { ForeignMessage, MessagingUnderTest } from '#testing';
import { machineClock } from '#testing';
import { messageBytesMax } from '../src/bounds.js';
import { messagingModule } from '../src/messaging-module.js';
import { createPostgresMessaging, type PostgresMessaging } from '../src/postgres-messaging.js';
import { sql } from '../src/statements.js';

/** A database with messages in it, the owner's and the service's way to it, and two instances on it. */
export type Transport = {
  readonly serviceUrl: string;
  readonly owner: Pool;
  readonly service: Pool;
  readonly one: PostgresMessaging;
  readonly two: PostgresMessaging;
  readonly drop: () => Promise<void>;
};

/** @param database an empty one, which goes with the transport */
export const createTransport = async (database: {
  readonly url: string;
  readonly drop: () => Promise<void>;
}): Promise<Transport> => {
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [messagingModule] });
  const owner = createPool({ url: database.url, applicationName: 'test owner', max: 4 });
  const service = createPool({ url: serviceUrl, applicationName: 'test service', max: 4 });
  const [one, two] = [1, 2].map(() => createPostgresMessaging({ url: serviceUrl, clock: machineClock })) as [
    PostgresMessaging,
    PostgresMessaging,
  ];
  const drop = async (): Promise<void> => {
    await Promise.all([one.close(), two.close(), owner.end(), service.end()]);
    await database.drop();
  };
  return { serviceUrl, owner, service, one, two, drop };
};

/** What the contract asks for. Retention and topics made anew are the owner's doing. */
export const underTest = ({ owner, service, one, two, drop }: Transport): MessagingUnderTest => ({
  senders: [one.sender, two.sender],
  consumers: [one.consumer, two.consumer],
  positions: [one.positions, two.positions],
  makeTopic: () => Promise.resolve(),
  valueBytesTooMany: messageBytesMax + 1,
  write: (topic, message) => writeForeign(service, topic, message),
  trim: async (topic, below) => {
    await owner.query('DELETE FROM messaging.messages WHERE topic = $1 AND place < $2', [topic, below]);
  },
  remake: async (topic) => {
    await owner.query('DELETE FROM messaging.messages WHERE topic = $1', [topic]);
  },
  stop: drop,
});

const writeForeign = async (pool: Pool, topic: string, { key, headers, value }: ForeignMessage): Promise<void> => {
  const values = [topic, byteaArray([key]), textArray([JSON.stringify(headers)]), byteaArray([value])];
  await pool.query(prepared(sql.send, values));
};
