import { jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

/** Takes the classic path: the client does when a call carries credentials. */
export const classic = { credentials: { username: 'admin', password: 'changeit' } };

export const someEvent = (type: string, id: string = randomUUID()) =>
  jsonEvent({ id, type, data: { type }, metadata: { by: 'test' } });

/** Everything that a read gives. */
export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
