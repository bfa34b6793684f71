import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  createKernel,
  type EventStore,
  instantOf,
  millisOf,
  type ProjectionOptions,
  runProjection,
  verifyChain,
} from '#event-sourcing';
import { counterIndex, counterKind, machineClock, plainDigest, seededRandom } from '#testing';
import { type FaultyServer, startFaultyServer } from '../testing/server.js';
import { lastOf, storedIn, until, writeOf } from '../testing/writes.js';

const kind = { ...counterKind, prefix: 'stock' };
const deadlineMs = 10_000;

/** One process's lanes. */
const lanesOn = (store: EventStore, name: string) => {
  const kernel = createKernel({
    ...{ store, clock: machineClock, digest: plainDigest, random: seededRandom(1), keyIndex: counterIndex() },
    ...{ onMetric: () => undefined, bounds: {} },
  });
  const lanes = kernel.lanes(kind, () => undefined);
  let sent = 0;
  return (stream: string) =>
    lanes.execute({
      ...{ stream, command: { kind: 'put', quantity: 1 }, commandId: `${name}:${(sent += 1)}`, guard: 'id' },
      ...{ source: { connection: 'test' }, actor: 'tester', correlationId: 'correlation-1' },
      deadline: instantOf(millisOf(machineClock.now()) + deadlineMs),
    });
};

describe('lanes on this store', () => {
  let faulty: FaultyServer;
  beforeAll(async () => {
    faulty = await startFaultyServer();
  });
  afterAll(() => faulty.stop());
  const streams = ['stock-a', 'stock-b', 'stock-c', 'stock-d'];

  it('of two processes apply each command once, through conflicts and lost answers', async () => {
    const processes = ['one', 'two'].map((name) => lanesOn(faulty.open(), name));
    const rounds = 25;
    const sent = processes.flatMap((send) =>
      Array.from({ length: rounds }, (_, index) => send(streams[index % streams.length] ?? '')),
    );
    await faulty.server.faults.loseAnswer(3);
    const outcomes = await Promise.all(sent);
    expect(outcomes.map(({ kind: outcome }) => outcome)).toEqual(sent.map(() => 'accepted'));
    const stored = await Promise.all(streams.map((stream) => storedIn(faulty.store, stream)));
    expect(stored.map((events) => verifyChain(plainDigest, events).kind)).toEqual(streams.map(() => 'intact'));
    const ids = stored.flat().map(({ metadata }) => metadata.commandId);
    expect(ids.length).toBe(sent.length);
    expect(new Set(ids).size).toBe(sent.length);
  });
});

describe('commands that wait for one stream', () => {
  let faulty: FaultyServer;
  beforeAll(async () => {
    faulty = await startFaultyServer();
  });
  afterAll(() => faulty.stop());

  it('go together: one append for each stream that is drained, none empty', async () => {
    const { store, server } = faulty;
    const given: number[] = [];
    const append: EventStore['append'] = (writes) => {
      given.push(...writes.map(({ events }) => events.length));
      return store.append(writes);
    };
    const send = lanesOn({ ...store, append }, 'one');
    await Promise.all([send('stock-a'), send('stock-b')]);
    const commands = 100;
    const before = await server.costs();
    given.length = 0;
    await Promise.all(Array.from({ length: commands }, (_, index) => send(index % 4 === 0 ? 'stock-b' : 'stock-a')));
    const { appends } = await server.costs();
    expect(appends - before.appends).toBe(given.length);
    expect(given.length, 'two streams, in a few drains').toBeLessThanOrEqual(8);
    expect(Math.min(...given)).toBeGreaterThan(0);
    expect(given.reduce((sum, events) => sum + events)).toBe(commands);
  });

  it('control: the server counts an append for each that is sent alone', async () => {
    const { store, server } = faulty;
    const before = await server.costs();
    for (const name of ['stock-x', 'stock-y', 'stock-z']) await store.append([writeOf(name)]);
    expect((await server.costs()).appends - before.appends).toBe(3);
  });
});

describe('a projection on this store', () => {
  let faulty: FaultyServer;
  beforeAll(async () => {
    faulty = await startFaultyServer();
  });
  afterAll(() => faulty.stop());

  const projected = (rows: { applied: string[]; checkpoint: Checkpoint | undefined }) => {
    const stop = new AbortController();
    const apply: ProjectionOptions['apply'] = (events, from, to) => {
      if (rows.checkpoint?.eventId !== from?.eventId) return Promise.resolve('checkpoint_moved');
      rows.applied.push(...events.map(({ eventId }) => eventId));
      rows.checkpoint = to;
      return Promise.resolve('applied');
    };
    const projection = runProjection({
      ...{ name: 'test', store: faulty.store, clock: machineClock, random: seededRandom(1), signal: stop.signal },
      checkpoint: { load: () => Promise.resolve(rows.checkpoint) },
      apply,
    });
    const end = async (): Promise<void> => {
      stop.abort();
      await projection.stopped;
    };
    return { projection, end };
  };

  it('goes on from its checkpoint, and stops where another event stands there', async () => {
    const { store } = faulty;
    const first = writeOf('stock-a', 5);
    await store.append([first]);
    const rows = { applied: [] as string[], checkpoint: undefined as Checkpoint | undefined };
    const before = projected(rows);
    await before.projection.caughtUpTo((await store.head()) ?? '');
    await before.end();
    await store.append([writeOf('stock-a', 3, lastOf(first)), writeOf('stock-b')]);
    const after = projected(rows);
    await after.projection.caughtUpTo((await store.head()) ?? '');
    await after.end();
    expect(rows.applied).toHaveLength(9);
    expect(new Set(rows.applied).size).toBe(9);

    const other = { applied: [], checkpoint: { position: rows.checkpoint?.position ?? '', eventId: 'another' } };
    const changed = projected(other);
    await changed.projection.stopped;
    expect(changed.projection.status()).toMatchObject({ state: 'stopped', reason: 'log_changed' });
    expect(other.applied).toEqual([]);
  });

  it('outlives a server that is replaced', async () => {
    const { store, server } = faulty;
    const rows = { applied: [] as string[], checkpoint: undefined as Checkpoint | undefined };
    const { projection, end } = projected(rows);
    await projection.caughtUpTo((await store.head()) ?? '');
    await server.restart();
    const write = writeOf('stock-c');
    await until(async () => {
      const outcomes = await store.append([write]).catch(() => []);
      return outcomes[0]?.kind === 'appended';
    });
    await projection.caughtUpTo((await store.head()) ?? '');
    expect(rows.applied.at(-1)).toBe(write.events[0]?.eventId);
    await end();
  });
});
