import { EventStoreDBClient, NO_STREAM, streamNameFilter, WrongExpectedVersionError } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEventStoreServer, type EventStoreServer } from './index.js';
import { classic, collect, someEvent as event } from './testing.js';

let server: EventStoreServer;
let client: EventStoreDBClient;
beforeEach(async () => {
  server = await startEventStoreServer();
  client = EventStoreDBClient.connectionString(server.url);
});
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

it('appends, reads the stream and everything, and tells a subscriber', async () => {
  const appended = await client.appendToStream('stock-A', [event('a'), event('b')], {
    ...classic,
    expectedRevision: NO_STREAM,
  });
  expect(appended).toMatchObject({ success: true, nextExpectedRevision: 1n });
  const read = await collect(client.readStream('stock-A'));
  expect(read.map(({ event: one }) => [one?.revision, one?.type, one?.data, one?.metadata])).toEqual([
    [0n, 'a', { type: 'a' }, { by: 'test' }],
    [1n, 'b', { type: 'b' }, { by: 'test' }],
  ]);
  const all = await collect(client.readAll());
  expect(all.map(({ event: one }) => one?.streamId)).toEqual(['$$$stats', 'stock-A', 'stock-A']);
  await client.appendToStream('other', [event('o')], classic);

  const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['stock-'] }) });
  const seen: string[] = [];
  subscription.on('confirmation', () => seen.push('confirmation')).on('caughtUp', () => seen.push('caughtUp'));
  subscription.on('data', ({ event: one }) => seen.push(one?.type ?? ''));
  await expect.poll(() => seen).toEqual(['confirmation', 'a', 'b', 'caughtUp']);
  await client.appendToStream('stock-B', [event('c')], classic);
  await expect.poll(() => seen.at(-1)).toBe('c');
  await subscription.unsubscribe();
});

it('answers a wrong revision', async () => {
  const options = { ...classic, expectedRevision: NO_STREAM } as const;
  await client.appendToStream('stock-A', [event('a')], options);
  const failure = client.appendToStream('stock-A', [event('b')], options);
  await expect(failure).rejects.toThrow(WrongExpectedVersionError);
  await expect(failure).rejects.toMatchObject({ actualVersion: 0n, expectedVersion: NO_STREAM, message: '' });
});
