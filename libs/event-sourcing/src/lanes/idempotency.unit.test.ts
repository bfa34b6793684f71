import { describe, expect, it } from 'vitest';
import { createMemorySnapshots } from '#event-store/memory';
import {
  counterIndex,
  counterKind,
  counterStream,
  lanesScene,
  type LanesScene,
  type LanesSceneOptions,
} from '#testing';
import type { KeyIndex } from '../kernel.js';
import { numberOf } from '../position.js';

const put = { kind: 'put', quantity: 1 } as const;
const fact = (version: number, quantity: number, key = 'a') => ({ kind: 'set_fact', key, version, quantity }) as const;

/** A second process on the same log that begins at a snapshot: it remembers nothing before `at` events. */
const restartedAt = async (
  first: LanesScene,
  index: KeyIndex,
  snapshotAt?: number,
  options: Pick<LanesSceneOptions, 'kind'> = {},
): Promise<LanesScene> => {
  const snapshots = createMemorySnapshots();
  const events = await first.log();
  const own = events[(snapshotAt ?? events.length) - 1]!;
  const sum = events.slice(0, own.revision + 1).reduce((total, { data }) => total + Number(data['by'] ?? 0), 0);
  await snapshots.save([{ stream: counterStream, revision: own.revision, hash: own.hash, foldVersion: 1, state: sum }]);
  return lanesScene({ ...options, store: first.store, clock: first.clock, index, snapshots, name: 'restarted' });
};

const lost: KeyIndex = {
  lookup: (questions) =>
    Promise.resolve(
      questions.map(() => ({ highest: -1, commands: new Map(), facts: new Map(), elsewhere: new Map() })),
    ),
};

const indexUpTo = async (scene: LanesScene, count: number) => {
  const index = counterIndex();
  index.take((await scene.log()).slice(0, count));
  return index;
};

describe('an accepted command that comes again', () => {
  it('answers the same, in the same batch and later', async () => {
    const { send, log } = lanesScene();
    const command = { kind: 'put_many', quantity: 5, count: 3 } as const;
    const [first, again] = await Promise.all([send(command, { commandId: 'x' }), send(command, { commandId: 'x' })]);
    await send(put);
    const later = await send(command, { commandId: 'x' });
    const events = (await log()).slice(0, 3);
    expect(first).toMatchObject({ kind: 'accepted', repeated: false, opened: true, events });
    for (const outcome of [again, later])
      expect(outcome).toMatchObject({ kind: 'accepted', repeated: true, opened: true, events });
    expect(await log()).toHaveLength(4);
  });

  it('is told apart from another one under the same id', async () => {
    const { send, log } = lanesScene();
    const outcomes = await Promise.all([
      send(put, { commandId: 'x' }),
      send({ kind: 'put', quantity: 2 }, { commandId: 'x' }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'command_id_reused']);
    expect(await log()).toHaveLength(1);
  });

  it('is found when the memory of its lane was dropped under a flight', async () => {
    const first = lanesScene();
    await first.send(put, { commandId: 'x' });
    for (let number = 0; number < 3; number++) await first.send(put);
    const { factsOf: _factsOf, ...unreadable } = counterKind;
    const { send, log } = await restartedAt(first, lost, 2, { kind: unreadable });
    const letGo = first.store.faults.holdAppends();
    const flying = send(put);
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    await expect(send(fact(1, 5))).rejects.toThrow('factsOf');
    letGo();
    expect(await flying).toMatchObject({ kind: 'accepted', repeated: false });
    expect(await send(put, { commandId: 'x' })).toMatchObject({ kind: 'accepted', repeated: true });
    expect(await log()).toHaveLength(5);
  });

  it('a refused one is decided anew', async () => {
    const { send } = lanesScene();
    expect(await send({ kind: 'take', quantity: 1 }, { commandId: 'x' })).toMatchObject({ kind: 'refused' });
    await send(put);
    expect(await send({ kind: 'take', quantity: 1 }, { commandId: 'x' })).toMatchObject({
      kind: 'accepted',
      repeated: false,
    });
  });

  it('one that was undone is decided anew, whatever the index says', async () => {
    const scene = lanesScene();
    await scene.send(put, { commandId: 'x' });
    const index = await indexUpTo(scene, 1);
    await scene.send({ kind: 'undo', commandId: 'x', quantity: -1 });
    const restarted = await restartedAt(scene, index, 1);
    expect(await restarted.send(put, { commandId: 'x' })).toMatchObject({ repeated: false, revision: 2 });
    expect(await scene.send(put, { commandId: 'x' })).toMatchObject({ repeated: true, revision: 2 });
  });

  it.each([
    ['in the index', 6],
    ['in the gap that the index has not seen', 0],
    ['partly here, partly there', 3],
  ])('is found %s when the state has forgotten it', async (_, indexed) => {
    const scene = lanesScene();
    for (const number of [1, 2, 3, 4, 5, 6])
      await scene.send({ kind: 'put', quantity: number }, { commandId: `x${number}` });
    const restarted = await restartedAt(scene, await indexUpTo(scene, indexed));
    const again = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) =>
        restarted.send({ kind: 'put', quantity: number }, { commandId: `x${number}` }),
      ),
    );
    expect(again).toMatchObject(
      [1, 2, 3, 4, 5, 6].map((number) => ({ repeated: true, events: [{ data: { by: number } }] })),
    );
    expect(await restarted.send({ kind: 'put', quantity: 9 }, { commandId: 'x2' })).toEqual({
      kind: 'command_id_reused',
    });
    expect(await scene.log()).toHaveLength(6);
  });

  it('is found in the stream alone when the index is lost', async () => {
    const scene = lanesScene();
    await scene.send(put, { commandId: 'x' });
    const restarted = await restartedAt(scene, lost);
    expect(await restarted.send(put, { commandId: 'x' })).toMatchObject({ repeated: true });
  });

  it('is found although two generations of younger ids have driven it out', async () => {
    const index = counterIndex();
    const scene = lanesScene({ index, bounds: { rememberedIdsPerStreamMax: 8 } });
    for (let number = 0; number < 40; number++) await scene.send(put, { commandId: `x${number}` });
    index.take((await scene.log()).slice(0, 20));
    for (const number of [0, 10, 19, 20, 25, 35, 39]) {
      expect(await scene.send(put, { commandId: `x${number}` })).toMatchObject({
        repeated: true,
        events: [{ revision: number }],
      });
    }
    expect(await scene.log()).toHaveLength(40);
  });

  it('waits for an index that fails, and is unavailable when its deadline passes', async () => {
    const scene = lanesScene();
    await scene.send(put, { commandId: 'x' });
    let failures = 2;
    const shaky: KeyIndex = {
      lookup: (questions) => (failures-- > 0 ? Promise.reject(new Error('away')) : lost.lookup(questions)),
    };
    const restarted = await restartedAt(scene, shaky);
    expect(await restarted.send(put, { commandId: 'x' })).toMatchObject({ repeated: true });
    failures = 10_000;
    expect(await restarted.send(put, { commandId: 'y' })).toEqual({ kind: 'unavailable' });
  });
});

describe('a fact that the state has forgotten', () => {
  it.each([
    ['in the index', 2],
    ['in the gap', 0],
    ['newer in the gap than in the index', 1],
  ])('is found %s, with its newest version', async (_, indexed) => {
    const scene = lanesScene();
    await scene.send(fact(1, 5));
    await scene.send(fact(2, 7));
    const restarted = await restartedAt(scene, await indexUpTo(scene, indexed));
    expect(await restarted.send(fact(2, 7))).toMatchObject({ kind: 'accepted', events: [] });
    expect(await restarted.send(fact(3, 10))).toMatchObject({ events: [{ data: { by: 3 } }], state: { sum: 10 } });
  });

  it('is refused where it stands in another stream', async () => {
    const scene = lanesScene();
    await scene.send(fact(1, 5), { stream: 'counter-other' });
    scene.index.take(await scene.log('counter-other'));
    expect(await scene.send(fact(2, 5))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'moved', to: 'counter-other' },
    });
  });

  it('is asked for once per round, for all lanes that wait', async () => {
    let questions = 0;
    const index: KeyIndex = { lookup: (asked) => ((questions += 1), lost.lookup(asked)) };
    const { send } = lanesScene({ index });
    await Promise.all(
      Array.from({ length: 30 }, (_, number) => send(fact(1, 1, `k${number}`), { stream: `counter-${number % 10}` })),
    );
    expect(questions).toBe(1);
  });
});

describe('the memory of the process', () => {
  it('forgets ids and facts of idle lanes beyond its bound, and finds them again', async () => {
    const index = counterIndex();
    const scene = lanesScene({ index, bounds: { rememberedKeysMax: 50 } });
    for (let number = 0; number < 200; number++) {
      const stream = `counter-${number % 5}`;
      await scene.send(number % 2 === 0 ? put : fact(1, 1, `k${number}`), { stream, commandId: `x${number}` });
    }
    expect(scene.kernel.load().rememberedKeys).toBeLessThanOrEqual(60);
    expect(await scene.send(put, { stream: 'counter-0', commandId: 'x0' })).toMatchObject({ repeated: true });
    expect(await scene.send(fact(1, 1, 'k1'), { stream: 'counter-1' })).toMatchObject({ events: [] });
  });

  it('evicts states beyond its bound', async () => {
    const scene = lanesScene({ bounds: { cachedStatesMax: 10 } });
    for (let number = 0; number < 100; number++) await scene.send(put, { stream: `counter-${number % 25}` });
    expect(scene.kernel.load().cachedStates).toBeLessThanOrEqual(10);
    expect(numberOf(await scene.store.head())).toBe(100);
  });
});

describe('snapshots', () => {
  const options = { eventsPerSnapshot: 10, snapshotPauseMillis: 0 };

  it('are saved in the background, and shorten the next load', async () => {
    const snapshots = createMemorySnapshots();
    const scene = lanesScene({ snapshots, bounds: options });
    for (let number = 0; number < 25; number++) await scene.send(put);
    await scene.kernel.stop();
    const [event] = (await scene.log()).slice(snapshots.saved.get(counterStream)!.revision);
    expect(snapshots.saved.get(counterStream)).toMatchObject({ hash: event!.hash, state: event!.revision + 1 });
    const next = lanesScene({ store: scene.store, snapshots, index: scene.index, name: 'next' });
    expect(await next.send(put)).toMatchObject({ revision: 25, state: { sum: 26, factsFrom: event!.revision + 1 } });
  });

  it('are saved again after as many events as the last one has entries: a growing state is encoded ever more rarely', async () => {
    const snapshots = createMemorySnapshots();
    const revisions = new Set<number>();
    const save: typeof snapshots.save = (saved) => {
      for (const { revision } of saved) revisions.add(revision);
      return snapshots.save(saved);
    };
    const scene = lanesScene({ snapshots: { ...snapshots, save }, bounds: options });
    for (let number = 0; number < 200; number++) await scene.send(put);
    await scene.kernel.stop();
    const counts = [...revisions].map((revision) => revision + 1);
    expect(counts[0]).toBeLessThan(20);
    for (const [index, count] of counts.slice(1).entries()) expect(count).toBeGreaterThanOrEqual(2 * counts[index]!);
    expect(counts.at(-1)).toBeGreaterThan(100);
  });

  it.each([
    ['its hash is not the log\u2019s', { hash: 'f'.repeat(64) }],
    ['it is ahead of the log', { revision: 99 }],
    ['another fold made it', { foldVersion: 0 }],
  ])('are thrown away when %s', async (_, wrong) => {
    const scene = lanesScene();
    for (let number = 0; number < 5; number++) await scene.send(put);
    const own = (await scene.log())[2]!;
    const snapshots = createMemorySnapshots();
    await snapshots.save([
      { stream: counterStream, revision: 2, hash: own.hash, foldVersion: 1, state: 1_000, ...wrong },
    ]);
    const next = lanesScene({ store: scene.store, snapshots, name: 'next' });
    expect(await next.send(put)).toMatchObject({ state: { sum: 6 } });
  });

  it('are thrown away when the log behind them has been edited', async () => {
    const scene = lanesScene();
    for (let number = 0; number < 5; number++) await scene.send(put);
    const own = (await scene.log())[2]!;
    const snapshots = createMemorySnapshots();
    await snapshots.save([{ stream: counterStream, revision: 2, hash: own.hash, foldVersion: 1, state: 1_000 }]);
    const edited = {
      ...scene.store,
      read: async (...asked: Parameters<typeof scene.store.read>) =>
        (await scene.store.read(...asked)).map((events) =>
          events.map((event) => (event.revision === 3 ? { ...event, data: { by: 50 } } : event)),
        ),
    };
    const next = lanesScene({ store: edited, snapshots, name: 'next' });
    expect(await next.send(put)).toMatchObject({ state: { sum: 55 } });
    expect(next.metrics).toContainEqual({ kind: 'snapshot_discarded', stream: counterStream, reason: 'chain' });
  });
});
