import { BACKWARDS, END, StreamNotFoundError, WrongExpectedVersionError, binaryEvent } from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { collect, someEvent, useServer } from './testing.js';

const { connect } = useServer();

const written = async () => {
  const client = connect();
  await client.appendToStream(
    'stock-A',
    ['a', 'b', 'c'].map((type) => someEvent(type)),
  );
  await client.appendToStream('stock-B', [someEvent('d')]);
  return client;
};

const types = (read: readonly { readonly event?: { readonly type: string } }[]) => read.map(({ event }) => event?.type);

it('reads a stream forwards and backwards, from a revision on, and no more than asked for', async () => {
  const client = await written();
  expect(types(await collect(client.readStream('stock-A')))).toEqual(['a', 'b', 'c']);
  expect(types(await collect(client.readStream('stock-A', { fromRevision: 1n, maxCount: 1 })))).toEqual(['b']);
  expect(types(await collect(client.readStream('stock-A', { fromRevision: 3n })))).toEqual([]);
  const backwards = { direction: BACKWARDS, fromRevision: END } as const;
  expect(types(await collect(client.readStream('stock-A', { ...backwards, maxCount: 2 })))).toEqual(['c', 'b']);
  expect(types(await collect(client.readStream('stock-A', { ...backwards, fromRevision: 1n })))).toEqual(['b', 'a']);
  await expect(collect(client.readStream('none'))).rejects.toThrow(StreamNotFoundError);
});

it('reads everything: from a position forwards with what stands there, backwards with what stands before', async () => {
  const client = await written();
  const all = await collect(client.readAll());
  expect(types(all)).toEqual(['$metadata', 'a', 'b', 'c', 'd']);
  const fromPosition = all[2]!.event!.position;
  expect(types(await collect(client.readAll({ fromPosition, maxCount: 2 })))).toEqual(['b', 'c']);
  expect(types(await collect(client.readAll({ fromPosition, direction: BACKWARDS })))).toEqual(['a', '$metadata']);
  const last = await collect(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 }));
  expect(types(last)).toEqual(['d']);
  expect(last[0]?.commitPosition).toBe(last[0]?.event?.position.commit);
});

it('keeps bytes as they are', async () => {
  const client = connect();
  const data = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  await client.appendToStream('stock-A', [binaryEvent({ type: 'bytes', data, metadata: data })]);
  const [read] = await collect(client.readStream('stock-A'));
  expect(read?.event).toMatchObject({ isJson: false, data, metadata: data });
  expect(Math.abs(Date.now() - Number(read?.event?.created))).toBeLessThan(60_000);
});

it('reads thousands of events to a reader that takes its time', async () => {
  const client = connect();
  const events = Array.from({ length: 2_500 }, (_, index) => someEvent(`event-${index}`));
  await client.appendToStream('stock-A', events.slice(0, 1_250));
  await client.appendToStream('stock-A', events.slice(1_250));
  const read = await collect(client.readStream('stock-A', {}, { highWaterMark: 1 }));
  expect(types(read)).toEqual(events.map(({ type }) => type));
});

it('a stream that was cut by its metadata begins later', async () => {
  const client = await written();
  await client.setStreamMetadata('stock-A', { truncateBefore: 2 });
  expect(types(await collect(client.readStream('stock-A')))).toEqual(['c']);
  expect(await client.getStreamMetadata('stock-A')).toMatchObject({ metadata: { truncateBefore: 2 } });
});

it('deletes at a revision, and not at another', async () => {
  const client = await written();
  const wrong = client.deleteStream('stock-A', { expectedRevision: 0n });
  await expect(wrong).rejects.toMatchObject({ constructor: WrongExpectedVersionError, actualVersion: 2n });
  await client.deleteStream('stock-A', { expectedRevision: 2n });
  const tombstone = await client.tombstoneStream('stock-B', { expectedRevision: 0n });
  const [last] = await collect(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 }));
  expect(last?.event).toMatchObject({ type: '$streamDeleted', position: tombstone.position });
  expect(types(await collect(client.readAll()))).toContain('a');
});
