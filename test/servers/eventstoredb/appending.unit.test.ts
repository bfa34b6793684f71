import {
  ANY,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
  type AppendExpectedRevision,
  type AppendResult,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { collect, optionsOf, someEvent, useServer, type Path } from './testing.js';

type TestEvent = ReturnType<typeof someEvent>;

/** What counts as the same append: row by row as the real server was measured. */
describe.each<Path>(['classic', 'batch'])('on the %s path', (path) => {
  const { connect } = useServer();
  const [a, b, c] = [someEvent('a'), someEvent('b'), someEvent('c')];
  let client: EventStoreDBClient;
  let first: AppendResult;

  const append = (events: readonly TestEvent[], expectedRevision: AppendExpectedRevision, stream = 'stock-A') =>
    client.appendToStream(stream, [...events], { ...optionsOf(path), expectedRevision });
  const read = async (stream = 'stock-A') => (await collect(client.readStream(stream))).map(({ event }) => event!);
  const typesIn = async (stream?: string) => (await read(stream)).map(({ type }) => type);
  const wrong = (actualVersion: bigint | 'no_stream') => ({
    constructor: WrongExpectedVersionError,
    actualVersion,
    message: '',
  });

  beforeEach(async () => {
    client = connect();
    first = await append([a, b], NO_STREAM);
  });

  it('stream with events a, b written by one append at NO_STREAM', async () => {
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect((await read()).map(({ id, revision, type }) => [id, revision, type])).toEqual([
      [a.id, 0n, 'a'],
      [b.id, 1n, 'b'],
    ]);
  });

  it('[a, b] at NO_STREAM, same bytes: success, revision 1, position of the first time', async () => {
    expect(await append([a, b], NO_STREAM)).toEqual(first);
    expect(await typesIn()).toEqual(['a', 'b']);
  });

  it('[a, b] at NO_STREAM, other bytes: success, and the old bytes stay', async () => {
    const other = (event: TestEvent) => jsonEvent({ ...event, data: { type: 'other bytes' } });
    expect(await append([other(a), other(b)], NO_STREAM)).toEqual(first);
    expect((await read()).map(({ data }) => data)).toEqual([{ type: 'a' }, { type: 'b' }]);
  });

  it('[a] alone at NO_STREAM: success, nextExpectedRevision 0 although the stream is at 1', async () => {
    expect(await append([a], NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await typesIn()).toEqual(['a', 'b']);
  });

  it.each([
    ['[a, b, c]', [a, b, c]],
    ['[b, a]', [b, a]],
  ])('%s at NO_STREAM: WrongExpectedVersion, actual 1', async (_, events) => {
    await expect(append(events, NO_STREAM)).rejects.toMatchObject({ ...wrong(1n), expectedVersion: NO_STREAM });
    expect(await typesIn()).toEqual(['a', 'b']);
  });

  it('[a] again at the right revision 1: stored a second time, revision 2', async () => {
    expect(await append([a], 1n)).toMatchObject({ success: true, nextExpectedRevision: 2n });
    expect((await read()).map(({ id }) => id)).toEqual([a.id, b.id, a.id]);
  });

  it.each([ANY, STREAM_EXISTS] as const)('[a] with %s: success, revision 0, nothing stored', async (expected) => {
    expect(await append([a], expected)).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await typesIn()).toEqual(['a', 'b']);
  });

  it('two events with one id in one append: both stored', async () => {
    expect(await append([c, c], NO_STREAM, 'stock-B')).toMatchObject({ nextExpectedRevision: 1n });
    expect((await read('stock-B')).map(({ id }) => id)).toEqual([c.id, c.id]);
  });

  it('an empty append on a missing stream at NO_STREAM: success, nextExpectedRevision 0, no stream', async () => {
    expect(await append([], NO_STREAM, 'stock-B')).toMatchObject({ success: true, nextExpectedRevision: 0n });
    await expect(read('stock-B')).rejects.toThrow(StreamNotFoundError);
  });

  it('an empty append on a stream: success at its end, WrongExpectedVersion at a revision that is past', async () => {
    expect(await append([], 1n)).toMatchObject({ success: true, nextExpectedRevision: 1n });
    await expect(append([], 0n)).rejects.toMatchObject(wrong(1n));
  });

  it('exact 0 on a missing stream: WrongExpectedVersion, actual no_stream', async () => {
    await expect(append([c], 0n, 'stock-B')).rejects.toMatchObject({ ...wrong('no_stream'), expectedVersion: 0n });
  });

  it('a revision ahead of the end: WrongExpectedVersion, actual = the end', async () => {
    await expect(append([c], 7n)).rejects.toMatchObject({ ...wrong(1n), expectedVersion: 7n });
  });

  it('a wrong revision that is past, with an id that nobody knows: WrongExpectedVersion', async () => {
    await expect(append([c], 0n)).rejects.toMatchObject({ ...wrong(1n), expectedVersion: 0n });
    await expect(append([c], STREAM_EXISTS, 'stock-B')).rejects.toMatchObject(wrong('no_stream'));
  });

  it('soft-deleted streams accept NO_STREAM again and go on counting', async () => {
    await client.deleteStream('stock-A');
    await expect(read()).rejects.toThrow(StreamNotFoundError);
    expect(await append([c], NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 2n });
    expect((await read()).map(({ revision, type }) => [revision, type])).toEqual([[2n, 'c']]);
  });

  it('tombstoned ones answer StreamDeletedError', async () => {
    await client.tombstoneStream('stock-A');
    await expect(append([c], ANY)).rejects.toMatchObject({ constructor: StreamDeletedError, streamName: 'stock-A' });
    await expect(append([c], NO_STREAM)).rejects.toThrow(StreamDeletedError);
    await expect(read()).rejects.toThrow(StreamDeletedError);
  });

  it('an append that comes in many messages is one append', async () => {
    const events = Array.from({ length: 50 }, (_, index) => someEvent(`event-${index}`));
    const options = { ...optionsOf(path), batchAppendSize: 500, expectedRevision: 1n };
    expect(await client.appendToStream('stock-A', events, options)).toMatchObject({ nextExpectedRevision: 51n });
    expect((await typesIn()).slice(2)).toEqual(events.map(({ type }) => type));
  });

  it('of twenty callers at one revision one wins', async () => {
    const callers = Array.from({ length: 20 }, () => append([someEvent('raced', randomUUID())], 1n));
    const outcomes = await Promise.allSettled(callers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await typesIn()).toEqual(['a', 'b', 'raced']);
  });
});
