import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import { startEventStoreServer, type EventStoreOptions, type EventStoreServer } from './index.js';

/** For `expect.poll`: a machine that does much else is waited for. */
export const waiting = { timeout: 60_000, interval: 10 };

/** Which call carries an append: the client takes the classic one when it is given credentials. */
export type Path = 'classic' | 'batch';

export const credentials = { username: 'admin', password: 'changeit' };

export const optionsOf = (path: Path) => (path === 'classic' ? { credentials } : {});

export const someEvent = (type: string, id: string = randomUUID()) =>
  jsonEvent({ id, type, data: { type }, metadata: { by: 'test' } });

/** Everything that a read gives. */
export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

/** A server and a client for each test. */
export const useServer = (options: EventStoreOptions = {}) => {
  const holder: { server?: EventStoreServer; clients: EventStoreDBClient[] } = { clients: [] };
  const server = (): EventStoreServer => {
    if (holder.server === undefined) throw new Error('Ask for the server within a test.');
    return holder.server;
  };
  const connect = (url = server().url): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(url);
    holder.clients.push(client);
    return client;
  };
  beforeEach(async () => {
    holder.server = await startEventStoreServer(options);
  });
  afterEach(async () => {
    await Promise.all(holder.clients.splice(0).map((client) => client.dispose()));
    await holder.server?.stop();
  });
  return { server, connect };
};
