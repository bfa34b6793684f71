import {
  END,
  UnavailableError,
  UnknownError,
  eventTypeFilter,
  streamNameFilter,
  type AllStreamSubscription,
  type Position,
} from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { collect, credentials, optionsOf, someEvent, useServer, waiting } from './testing.js';

const { server, connect } = useServer();

type Client = ReturnType<typeof connect>;
type Start = { readonly fromPosition?: Position | typeof END; readonly window?: number; readonly interval?: number };

/** Writes down what a subscription to stock- tells, in its order. */
const listen = (client: Client, { fromPosition, window = 1_000, interval = 1_000 }: Start = {}) => {
  const told: string[] = [];
  const positions: Position[] = [];
  const checkpoints: Position[] = [];
  const errors: unknown[] = [];
  const filter = streamNameFilter({
    prefixes: ['stock-'],
    maxSearchWindow: window,
    checkpointInterval: interval,
    checkpointReached: (_, position) => void checkpoints.push(position),
  });
  const subscription = client.subscribeToAll({ filter, ...(fromPosition !== undefined && { fromPosition }) });
  subscription
    .on('confirmation', () => told.push('confirmation'))
    .on('caughtUp', () => told.push('caughtUp'))
    .on('error', (error) => errors.push(error))
    .on('data', ({ event, commitPosition }) => {
      told.push(event?.type ?? '');
      positions.push({ commit: commitPosition ?? -1n, prepare: event?.position.prepare ?? -1n });
    });
  return { told, positions, checkpoints, errors };
};

const write = async (client: Client, stream: string, types: readonly string[]) => {
  const result = await client.appendToStream(
    stream,
    types.map((type) => someEvent(type)),
    optionsOf('classic'),
  );
  return result.position!;
};

it('confirmation, then data, then caughtUp, then what comes; foreign streams pass unseen', async () => {
  const client = connect();
  await write(client, 'stock-A', ['a', 'b']);
  await write(client, 'other', ['foreign']);
  const { told } = listen(client);
  await expect.poll(() => told, waiting).toEqual(['confirmation', 'a', 'b', 'caughtUp']);
  await write(client, 'other', ['foreign']);
  await write(client, 'stock-B', ['c']);
  await expect.poll(() => told, waiting).toEqual(['confirmation', 'a', 'b', 'caughtUp', 'c']);
});

it('events of one append have different positions; the answer of the append names the last one of them', async () => {
  const client = connect();
  const { told, positions } = listen(client);
  await expect.poll(() => told, waiting).toContain('caughtUp');
  const answered = await write(client, 'stock-A', ['a', 'b']);
  await expect.poll(() => positions, waiting).toHaveLength(2);
  expect(positions[1]).toEqual(answered);
  expect(positions[0]!.commit).toBeLessThan(answered.commit);
});

it("resuming from an event's position is exclusive: the next event comes first", async () => {
  const client = connect();
  await write(client, 'stock-A', ['a', 'b', 'c']);
  const { positions } = listen(client);
  await expect.poll(() => positions, waiting).toHaveLength(3);
  const { told } = listen(client, { fromPosition: positions[0]! });
  await expect.poll(() => told, waiting).toEqual(['confirmation', 'b', 'c', 'caughtUp']);
  const ended = listen(client, { fromPosition: positions[2]! });
  await expect.poll(() => ended.told, waiting).toEqual(['confirmation', 'caughtUp']);
});

it.each([1n, -1n])('a position %d beside the start of a record: gRPC 2 Exception was thrown by handler', async (by) => {
  const client = connect();
  const { commit } = await write(client, 'stock-A', ['a']);
  const { told, errors } = listen(client, { fromPosition: { commit: commit + by, prepare: commit + by } });
  await expect.poll(() => errors, waiting).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    constructor: UnknownError,
    code: 2,
    message: expect.stringContaining('Exception was thrown by handler') as string,
  });
  expect(told).toEqual([]);
});

it('checkpointReached comes once for each foreign event when window and interval are small', async () => {
  const client = connect();
  const small = listen(client, { window: 32, interval: 1 });
  const large = listen(client, { window: 1_000, interval: 1_000 });
  await expect.poll(() => [small.told, large.told].every((told) => told.includes('caughtUp')), waiting).toBe(true);
  const before = small.checkpoints.length;
  const last = await write(client, 'other', Array<string>(300).fill('foreign'));
  await expect.poll(() => small.checkpoints.at(-1), waiting).toEqual(last);
  expect(small.checkpoints.length - before).toBe(300);
  expect(large.checkpoints).toEqual([]);
});

it('live, a checkpoint comes as foreign events pass, so that a quiet prefix still moves its cursor', async () => {
  const client = connect();
  const { told, checkpoints } = listen(client, { interval: 50 });
  await expect.poll(() => told, waiting).toContain('caughtUp');
  await write(client, 'other', Array<string>(120).fill('foreign'));
  await expect.poll(() => checkpoints, waiting).toHaveLength(2);
  await write(client, 'stock-A', ['a']);
  const resumed = listen(client, { fromPosition: checkpoints[1]! });
  await expect.poll(() => resumed.told, waiting).toEqual(['confirmation', 'a', 'caughtUp']);
});

it('catching up, a checkpoint comes after windows without a match', async () => {
  const client = connect();
  await write(client, 'other', Array<string>(100).fill('foreign'));
  const { told, checkpoints } = listen(client, { window: 10, interval: 3 });
  await expect.poll(() => told, waiting).toContain('caughtUp');
  await expect.poll(() => checkpoints, waiting).toHaveLength(3);
});

it('from the end on, only what comes', async () => {
  const client = connect();
  await write(client, 'stock-A', ['a']);
  const { told } = listen(client, { fromPosition: END });
  await expect.poll(() => told, waiting).toEqual(['confirmation', 'caughtUp']);
  await write(client, 'stock-A', ['b']);
  await expect.poll(() => told, waiting).toEqual(['confirmation', 'caughtUp', 'b']);
});

it('by the type of events, by a pattern, and without a filter', async () => {
  const client = connect();
  await write(client, 'stock-A', ['kept', 'left']);
  await write(client, 'order-1', ['kept']);
  const firstOf = async (subscription: AllStreamSubscription, count: number) => {
    const seen: string[] = [];
    for await (const { event } of subscription) {
      seen.push(`${event?.streamId} ${event?.type}`);
      if (seen.length === count) break;
    }
    return seen;
  };
  const byType = client.subscribeToAll({ filter: eventTypeFilter({ prefixes: ['kept'] }) });
  expect(await firstOf(byType, 2)).toEqual(['stock-A kept', 'order-1 kept']);
  const byPattern = client.subscribeToAll({ filter: streamNameFilter({ regex: '^(order|policy)-' }) });
  expect(await firstOf(byPattern, 1)).toEqual(['order-1 kept']);
  const all = ['$$$stats $metadata', 'stock-A kept', 'stock-A left', 'order-1 kept'];
  expect(await firstOf(client.subscribeToAll(), 4)).toEqual(all);
});

it('a subscription to one stream is not among what the server does', async () => {
  const subscription = connect().subscribeToStream('stock-A');
  await expect(collect(subscription)).rejects.toMatchObject({ code: 12 });
});

it('when the server goes away: one error (UnavailableError), and it is over', async () => {
  const client = connect();
  const first = listen(client);
  await expect.poll(() => first.told, waiting).toContain('caughtUp');
  await server().kill();
  await expect.poll(() => first.errors, waiting).toHaveLength(1);
  expect(first.errors[0]).toBeInstanceOf(UnavailableError);

  await server().restart();
  await connect().appendToStream('stock-A', [someEvent('after')], { credentials });
  const second = listen(connect());
  await expect.poll(() => second.told, waiting).toContain('after');
  expect(first.told).not.toContain('after');
  expect(first.errors).toHaveLength(1);
});

it('a subscriber that takes its time gets everything in order', async () => {
  const client = connect();
  const types = Array.from({ length: 2_000 }, (_, index) => `event-${index}`);
  const subscription = client.subscribeToAll(
    { filter: streamNameFilter({ prefixes: ['stock-'] }) },
    { highWaterMark: 1 },
  );
  await write(client, 'stock-A', types.slice(0, 1_000));
  await write(client, 'stock-B', types.slice(1_000));
  const seen: string[] = [];
  for await (const { event } of subscription) {
    seen.push(event?.type ?? '');
    if (seen.length === types.length) break;
  }
  expect(seen).toEqual(types);
});
