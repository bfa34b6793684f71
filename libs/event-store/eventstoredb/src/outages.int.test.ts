import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { positionBefore, StoreUnavailableError, UnknownOutcomeError } from '#event-sourcing';
import { type FaultyServer, startFaultyServer } from '../testing/server.js';
import { followed, lastOf, storedIn, until, writeOf } from '../testing/writes.js';
import { AppendRejectedError, DamagedStreamError, PositionRefusedError, StoreAccessDeniedError } from './errors.js';

let faulty: FaultyServer;
const start = async (): Promise<void> => {
  faulty = await startFaultyServer();
};
const stop = (): Promise<void> => faulty.stop();
const idsIn = async (stream: string): Promise<readonly string[]> =>
  (await storedIn(faulty.store, stream)).map(({ eventId }) => eventId);
const idsOf = ({ events }: { readonly events: readonly { readonly eventId: string }[] }): readonly string[] =>
  events.map(({ eventId }) => eventId);
const caught = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('an append whose answer is lost', () => {
  beforeEach(start);
  afterEach(stop);

  it('is unknown, and the same once more is a success that stores nothing', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-warm')]);
    const write = writeOf('stock-lost', 2);
    await server.faults.loseAnswer();
    await expect(store.append([write])).rejects.toBeInstanceOf(UnknownOutcomeError);
    expect(await idsIn('stock-lost')).toEqual(idsOf(write));
    expect(await store.append([write])).toMatchObject([{ kind: 'appended', revision: 1 }]);
    expect(await idsIn('stock-lost')).toEqual(idsOf(write));
  });

  it('may land after its deadline', async () => {
    const { store, server } = faulty;
    const write = writeOf('stock-late');
    await server.faults.landLate();
    await expect(store.append([write])).rejects.toBeInstanceOf(UnknownOutcomeError);
    await until(async () => (await idsIn('stock-late')).length === 1);
  });

  it('is unknown for the whole of its batch', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-warm')]);
    await server.faults.loseAnswer();
    const batch = ['stock-a', 'stock-b', 'stock-c'].map((stream) => writeOf(stream));
    await expect(store.append(batch)).rejects.toBeInstanceOf(UnknownOutcomeError);
  });
});

describe('a server whose clock is another one', () => {
  beforeEach(start);
  afterEach(stop);

  it.each([
    ['minutes ahead', 600_000],
    ['minutes behind', -600_000],
  ])('%s: appends are answered as ever', async (_, millis) => {
    const { store, server } = faulty;
    await server.faults.moveClock(millis);
    const write = writeOf('stock-A', 2);
    expect(await store.append([write])).toMatchObject([{ kind: 'appended', revision: 1 }]);
    await server.faults.loseAnswer();
    await expect(store.append([writeOf('stock-B')])).rejects.toBeInstanceOf(UnknownOutcomeError);
    expect(await store.append([write])).toMatchObject([{ kind: 'appended', revision: 1 }]);
  });
});

describe('a server that is away', () => {
  beforeEach(start);
  afterEach(stop);

  it('was never there: nothing was sent', async () => {
    const nowhere = faulty.open('esdb://127.0.0.1:1?tls=false');
    await expect(nowhere.append([writeOf('stock-nowhere')])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(nowhere.head()).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(storedIn(nowhere, 'stock-nowhere')).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(followed(nowhere, 1)).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('is found again by itself, with everything that it had acknowledged', async () => {
    const { store, server } = faulty;
    const first = writeOf('stock-A', 3);
    await store.append([first]);
    const following = caught(followed(store, 4));
    await server.kill();
    expect(await following).toBeInstanceOf(StoreUnavailableError);
    const meanwhile = writeOf('stock-A', 1, lastOf(first));
    await until(async () => (await caught(store.append([meanwhile]))) instanceof StoreUnavailableError);
    await server.restart();
    await until(async () => !((await caught(store.append([meanwhile]))) instanceof Error));
    expect(await idsIn('stock-A')).toEqual([...idsOf(first), ...idsOf(meanwhile)]);
    expect(await followed(store, 4)).toHaveLength(4);
  });

  it('says nothing: an append ends by its own deadline, and the next one when it speaks again', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-warm')]);
    await server.faults.silence();
    await expect(store.append([writeOf('stock-silent')])).rejects.toBeInstanceOf(UnknownOutcomeError);
    await expect(store.append([writeOf('stock-silent-2')])).rejects.toBeInstanceOf(StoreUnavailableError);
    await server.faults.heal();
    expect(await store.append([writeOf('stock-spoken')])).toMatchObject([{ kind: 'appended' }]);
  });

  it('says nothing: keep-alive ends a subscription that has nothing to hear', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-A')]);
    const follow = (settings: string) => {
      const followed = faulty.open(`${server.url}&${settings}`).subscribe(undefined, { signal: stopped.signal });
      return followed[Symbol.asyncIterator]();
    };
    const stopped = new AbortController();
    const [quick, patient] = [
      follow('keepAliveInterval=200&keepAliveTimeout=200'),
      follow('keepAliveInterval=-1&keepAliveTimeout=200'),
    ];
    for (const each of [quick, patient]) expect((await each.next()).done).toBe(false);
    await server.faults.silence();
    let isPatient = true;
    const waiting = patient.next().finally(() => (isPatient = false));
    await expect(quick.next()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(isPatient, 'control: without it nobody notices').toBe(true);
    stopped.abort();
    await waiting;
  });

  it('is closed by us: what is under way is unknown, and nothing goes out any more', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-warm')]);
    await server.faults.silence();
    const appending = caught(store.append([writeOf('stock-closing')]));
    await store.close();
    await server.faults.heal();
    expect(await appending).toBeInstanceOf(Error);
    await expect(store.append([writeOf('stock-closed')])).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});

describe('another server leads', () => {
  beforeEach(start);
  afterEach(stop);

  it('and a follower says who: reads and appends go there', async () => {
    const leading = await startFaultyServer();
    const write = writeOf('stock-moved');
    await leading.store.append([write]);
    await faulty.store.append([writeOf('stock-warm')]);
    await faulty.server.faults.follow({ host: leading.server.host, port: leading.server.port });
    await until(async () => {
      const read = await caught(storedIn(faulty.store, 'stock-moved'));
      return Array.isArray(read) && read.length === 1;
    });
    await faulty.store.append([writeOf('stock-moved', 1, lastOf(write))]);
    expect(await storedIn(leading.store, 'stock-moved')).toHaveLength(2);
    await leading.stop();
  });

  it('and it is found by asking any node of the cluster', async () => {
    const leading = await startFaultyServer();
    await faulty.server.faults.follow({ host: leading.server.host, port: leading.server.port });
    const cluster = faulty.open(`esdb://127.0.0.1:${faulty.server.port},127.0.0.1:${faulty.server.port}?tls=false`);
    await cluster.append([writeOf('stock-led')]);
    expect(await storedIn(leading.store, 'stock-led')).toHaveLength(1);
    await leading.stop();
    const error = await caught(cluster.append([writeOf('stock-left')]));
    expect(error instanceof StoreUnavailableError || error instanceof UnknownOutcomeError).toBe(true);
    await faulty.server.faults.heal();
    await until(async () => !((await caught(cluster.append([writeOf('stock-left')]))) instanceof Error));
    expect(await storedIn(faulty.store, 'stock-left')).toHaveLength(1);
  });

  it('and nobody does: unavailable, until one does', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-warm')]);
    await server.faults.loseLeader();
    expect(await caught(store.append([writeOf('stock-none')]))).toBeInstanceOf(Error);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailableError);
    await server.faults.heal();
    await until(async () => !((await caught(store.append([writeOf('stock-again')]))) instanceof Error));
  });
});

describe('a refused append', () => {
  beforeEach(start);
  afterEach(stop);

  it.each([
    ['no rights', status.PERMISSION_DENIED, StoreAccessDeniedError],
    ['a wrong password', status.UNAUTHENTICATED, StoreAccessDeniedError],
    ['a server without the call', status.UNIMPLEMENTED, AppendRejectedError],
    ['an unknown error', status.UNKNOWN, UnknownOutcomeError],
    ['unavailable, and nobody knows since when', status.UNAVAILABLE, UnknownOutcomeError],
    ['a cancelled call', status.CANCELLED, UnknownOutcomeError],
    ['exhausted resources', status.RESOURCE_EXHAUSTED, UnknownOutcomeError],
  ])('by %s', async (_, code, thrownAs) => {
    const { store, server } = faulty;
    await server.faults.refuse({ code, details: 'refused' }, 'append');
    await expect(store.append([writeOf('stock-refused')])).rejects.toBeInstanceOf(thrownAs);
    expect(await store.append([writeOf('stock-refused')])).toMatchObject([{ kind: 'appended' }]);
  });

  it('for its size is told apart from its neighbours, which are stored', async () => {
    const { store } = faulty;
    const large = writeOf('stock-large', 2, undefined, 'x'.repeat(600_000));
    const [good, other] = [writeOf('stock-good'), writeOf('stock-other')];
    await expect(store.append([good, large])).rejects.toBeInstanceOf(UnknownOutcomeError);
    expect([await idsIn('stock-good'), await idsIn('stock-large')]).toEqual([idsOf(good), []]);
    await expect(store.append([large])).rejects.toBeInstanceOf(AppendRejectedError);
    // Known by now: it goes first, and nothing of this batch is stored.
    await expect(store.append([other, large])).rejects.toBeInstanceOf(AppendRejectedError);
    expect(await idsIn('stock-other')).toEqual([]);
    expect(await store.append([other, writeOf('stock-large')])).toMatchObject([
      { kind: 'appended' },
      { kind: 'appended' },
    ]);
  });

  it('to a stream that nobody would follow, or with an id that is not its hash, is a bug of ours', async () => {
    const { store } = faulty;
    await expect(store.append([writeOf('stock-good'), writeOf('basket-1')])).rejects.toThrow(
      'no stream of this ledger',
    );
    const write = writeOf('stock-good');
    const events = write.events.map((event) => ({ ...event, eventId: '00000000-0000-8000-8000-000000000000' }));
    await expect(store.append([{ ...write, events }])).rejects.toThrow('its id is not its hash');
    expect(await idsIn('stock-good')).toEqual([]);
  });
});

describe('tampering', () => {
  let client: EventStoreDBClient;
  beforeEach(async () => {
    await start();
    client = EventStoreDBClient.connectionString(faulty.server.url);
  });
  afterEach(async () => {
    await client.dispose();
    await stop();
  });
  const credentials = { username: 'admin', password: 'changeit' };

  it('by a deletion: what comes after it begins above 0', async () => {
    const { store } = faulty;
    await store.append([writeOf('stock-cut', 2)]);
    await client.deleteStream('stock-cut');
    // Who finds nothing there begins anew, and the server goes on counting.
    await expect(store.append([writeOf('stock-cut', 1, undefined, 'anew')])).rejects.toMatchObject({
      damage: 'first_revision',
    });
    await expect(storedIn(store, 'stock-cut')).rejects.toBeInstanceOf(DamagedStreamError);
  });

  it('by a tombstone: reads, appends and subscriptions say so', async () => {
    const { store } = faulty;
    const write = writeOf('stock-dead');
    await store.append([write]);
    await client.tombstoneStream('stock-dead');
    await expect(storedIn(store, 'stock-dead')).rejects.toMatchObject({ damage: 'tombstoned' });
    await expect(store.append([writeOf('stock-dead', 1, lastOf(write))])).rejects.toMatchObject({
      damage: 'tombstoned',
    });
    await expect(followed(store, 2)).rejects.toMatchObject({ stops: 'log_changed' });
  });

  it('by an event that no ledger wrote', async () => {
    const { store } = faulty;
    await client.appendToStream('stock-foreign', [jsonEvent({ type: 'Foreign', data: {} })], { credentials });
    await expect(storedIn(store, 'stock-foreign')).rejects.toMatchObject({ damage: 'foreign_event' });
    await expect(followed(store, 1)).rejects.toMatchObject({ stops: 'log_changed' });
  });

  it('of each kind is found by looking for it, and nothing else is', async () => {
    const { store } = faulty;
    const findings = async () => {
      const found: string[] = [];
      for await (const { stream, damage } of store.findDamage()) found.push(`${stream}: ${damage}`);
      return found.sort();
    };
    const names = ['stock-dead', 'stock-deleted', 'stock-reopened', 'stock-foreign', 'stock-whole'];
    await store.append(names.map((name) => writeOf(name, 2)));
    await client.appendToStream('basket-1', [jsonEvent({ type: 'Foreign', data: {} })], { credentials });
    expect(await findings()).toEqual([]);
    await client.tombstoneStream('stock-dead');
    await client.deleteStream('stock-deleted');
    await client.deleteStream('stock-reopened');
    await caught(store.append([writeOf('stock-reopened', 1, undefined, 'anew')]));
    await client.appendToStream('stock-foreign', [jsonEvent({ type: 'Foreign', data: {} })], { credentials });
    expect(await findings()).toEqual([
      'stock-dead: tombstoned',
      'stock-deleted: first_revision',
      'stock-foreign: foreign_event',
      'stock-reopened: first_revision',
    ]);
  });

  it('is told to who watches: what was done before, and what is done now; of our streams alone', async () => {
    const { store, server } = faulty;
    const names = ['stock-dead', 'stock-deleted', 'stock-whole'];
    await store.append(names.map((name) => writeOf(name, 2)));
    await client.appendToStream('basket-1', [jsonEvent({ type: 'Foreign', data: {} })], { credentials });
    await client.tombstoneStream('stock-dead');
    const stop = new AbortController();
    const told: string[] = [];
    const watching = (async () => {
      for await (const { stream, damage } of store.watchDamage(stop.signal)) told.push(`${stream}: ${damage}`);
    })();
    await until(() => told.length === 1);
    // Neither takes an event of ours out of sight.
    await client.setStreamMetadata('stock-whole', { owner: 'somebody' });
    await client.deleteStream('basket-1');
    await client.deleteStream('stock-deleted');
    await until(() => told.length === 2);
    expect(told).toEqual(['stock-dead: tombstoned', 'stock-deleted: first_revision']);
    stop.abort();
    await watching;
    const again = store.watchDamage(AbortSignal.timeout(10_000))[Symbol.asyncIterator]();
    expect((await again.next()).value).toMatchObject({ stream: 'stock-dead' });
    expect((await again.next()).value).toMatchObject({ stream: 'stock-deleted' });
    const waitingOn = again.next();
    await server.kill();
    await expect(waitingOn).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('by nobody: events in streams that are not ours are none of our business', async () => {
    const { store } = faulty;
    await store.append([writeOf('stock-own')]);
    const head = await store.head();
    await client.appendToStream('basket-1', [jsonEvent({ type: 'Foreign', data: {} })], { credentials });
    expect(await store.head()).toBe(head);
    expect((await followed(store, 1)).map(({ stream }) => stream)).toEqual(['stock-own']);
  });
});

describe('a position where no record stands', () => {
  beforeEach(start);
  afterEach(stop);

  it('stops a subscription for good', async () => {
    const { store } = faulty;
    const [outcome] = await store.append([writeOf('stock-A', 3)]);
    const broken = positionBefore(outcome?.kind === 'appended' ? outcome.position : '');
    const error = await caught(followed(store, 1, broken));
    expect(error).toBeInstanceOf(PositionRefusedError);
    expect(error).toMatchObject({ stops: 'log_changed' });
    const included = store.subscribe(broken, { inclusive: true, signal: AbortSignal.timeout(5_000) });
    await expect(included[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(PositionRefusedError);
  });

  it('is not believed of a server that only fails', async () => {
    const { store, server } = faulty;
    const [outcome] = await store.append([writeOf('stock-A', 3)]);
    const position = outcome?.kind === 'appended' ? outcome.position : '';
    await server.faults.refuse({ code: status.UNKNOWN, details: 'Exception was thrown by handler.' }, 'subscribe');
    expect(await caught(followed(store, 1, position))).toBeInstanceOf(StoreUnavailableError);
  });
});
