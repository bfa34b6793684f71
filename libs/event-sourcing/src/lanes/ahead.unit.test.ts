import { describe, expect, it } from 'vitest';
import { createMemorySnapshots, createMemoryStore } from '#event-store/memory';
import {
  anyEvent,
  counterKind,
  counterStream,
  lanesScene,
  plainDigest,
  sealAll,
  type LanesSceneOptions,
} from '#testing';
import type { KeyIndex } from '../kernel.js';
import type { Write } from '../event-store.js';
import { verifyChain } from '../chain/verify-chain.js';

const put = { kind: 'put', quantity: 1 } as const;
const take = { kind: 'take', quantity: 1 } as const;

/** Lets everything happen that needs no timer and no store. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Lanes that decide ahead from one command on, and which commands have been decided, in order. */
const aheadScene = ({ kind: base = counterKind, ...options }: LanesSceneOptions = {}) => {
  const decided: string[] = [];
  const { decide } = base.decider;
  const watching: typeof decide = (asked, state) => {
    decided.push(asked.command.kind);
    return decide(asked, state);
  };
  const kind = { ...base, decider: { ...base.decider, decide: watching } };
  return { decided, ...lanesScene({ ...options, kind, bounds: { aheadCommandsMin: 1, ...options.bounds } }) };
};

const appends = ({ metrics }: { readonly metrics: readonly { readonly kind: string }[] }) =>
  metrics.filter(({ kind }) => kind === 'appended');

describe('while an append is in the air', () => {
  it('the other half of what waits is decided, and answered when that has landed too', async () => {
    const scene = aheadScene();
    await scene.send(put);
    const letGo = scene.store.faults.holdAppends();
    let answered = 0;
    const running = [1, 2, 3, 4].map(() => scene.send(take).then((outcome) => ((answered += 1), outcome)));
    await turns();
    expect(scene.decided).toEqual(['put', 'take', 'take', 'take', 'take']);
    expect(answered).toBe(0);
    letGo();
    const outcomes = await Promise.all(running);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'refused', 'refused', 'refused']);
    expect(outcomes.at(-1)).toMatchObject({ revision: 1, refusal: { available: 0 } });
    // Refusals rest on the first half and need no append of their own.
    expect(appends(scene)).toMatchObject([{ commands: 1 }, { commands: 2 }]);
  });

  it('the callers of the one before it are answered', async () => {
    const store = createMemoryStore();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let count = 0;
    const append: typeof store.append = async (writes) => {
      count += 1;
      if (count === 3) await held;
      return store.append(writes);
    };
    const { send, log } = aheadScene({ store: { ...store, append } });
    await send(put);
    const [first, second, ...others] = [1, 2, 3, 4].map(() => send(put));
    expect(await Promise.all([first, second])).toMatchObject([{ revision: 1 }, { revision: 2 }]);
    expect(count).toBe(3);
    expect(await log()).toHaveLength(3);
    letGo();
    expect(await Promise.all(others)).toMatchObject([{ revision: 3 }, { revision: 4 }]);
  });

  it('few commands wait for company', async () => {
    const scene = aheadScene({ bounds: { aheadCommandsMin: 3, commandsPerStreamMax: 3 } });
    await scene.send(put);
    const letGo = scene.store.faults.holdAppends();
    const running = [1, 2, 3, 4].map(() => scene.send(put));
    await turns();
    expect(scene.decided).toHaveLength(4);
    running.push(scene.send(put));
    letGo();
    await Promise.all(running);
    expect(appends(scene)).toMatchObject([{ commands: 1 }, { commands: 3 }, { commands: 2 }]);
  });

  it('a command that is in it already is answered as repeated', async () => {
    const scene = aheadScene();
    const outcomes = await Promise.all([1, 2].map(() => scene.send(put, { commandId: 'x' })));
    expect(outcomes).toMatchObject([{ repeated: false }, { repeated: true, revision: 0 }]);
    expect(await scene.log()).toHaveLength(1);
  });

  it('a preparation comes before what waits behind it', async () => {
    const scene = aheadScene();
    await scene.send(put);
    const outcomes = await Promise.all([scene.send({ kind: 'put_on_even', quantity: 10 }), scene.send(put)]);
    expect(outcomes).toMatchObject([{ state: { sum: 12 } }, { state: { sum: 13 } }]);
    expect((await scene.log()).map(({ data }) => data['by'])).toEqual([1, 1, 10, 1]);
  });
});

/** An index that has seen nothing. */
const lost: KeyIndex = {
  lookup: (questions) =>
    Promise.resolve(
      questions.map(() => ({ highest: -1, commands: new Map(), facts: new Map(), elsewhere: new Map() })),
    ),
};

/** Another writer's event at the place where this write would go. */
const rival = (writes: readonly Write[]) =>
  writes.map(({ stream, expectedRevision }): Write => {
    const head = { revision: expectedRevision, hash: 'a'.repeat(64) };
    return { stream, expectedRevision, events: sealAll(stream, [anyEvent('Changed', { by: -1 })], head) };
  });

describe('what was decided ahead', () => {
  it('is decided anew when another writer was first', async () => {
    const scene = aheadScene();
    await scene.send({ kind: 'put', quantity: 2 });
    scene.store.faults.onAppend({ kind: 'overtaken', by: rival });
    const outcomes = await Promise.all([scene.send(take), scene.send(take), scene.send(put)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'refused', 'accepted']);
    expect((await scene.log()).map(({ data }) => data['by'])).toEqual([2, -1, -1, 1]);
  });

  it.each(['lost', 'stored_but_unknown', 'unavailable', 'broken'] as const)(
    'is decided anew when the flight before it is %s, and nothing is there twice',
    async (fault) => {
      const scene = aheadScene();
      await scene.send(put);
      scene.store.faults.onAppend({ kind: fault });
      const outcomes = await Promise.all([1, 2, 3, 4].map((quantity) => scene.send({ kind: 'put', quantity })));
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
      const stored = await scene.log();
      expect(stored.map(({ data }) => data['by'])).toEqual([1, 1, 2, 3, 4]);
      expect(verifyChain(plainDigest, stored).kind).toBe('intact');
    },
  );

  it('in another lane is decided anew when the store was away meanwhile: its time of record is the later one', async () => {
    const scene = aheadScene();
    const streams = ['counter-1', 'counter-2'];
    await Promise.all(streams.map((stream) => scene.send(put, { stream })));
    const asked = scene.clock.now();
    scene.store.faults.onAppend({ kind: 'unavailable' });
    await Promise.all(streams.map((stream) => scene.send(put, { stream })));
    const [, second] = await scene.log('counter-2');
    expect(second!.metadata.recordedAt > asked).toBe(true);
  });

  it('is nothing where the memory of the lane was dropped under its flight', async () => {
    const first = lanesScene();
    for (const commandId of ['x', 'y', 'z']) await first.send(put, { commandId });
    const [, , last] = await first.log();
    const snapshots = createMemorySnapshots();
    await snapshots.save([{ stream: counterStream, revision: 2, hash: last!.hash, foldVersion: 1, state: 3 }]);
    const { factsOf: _factsOf, ...unreadable } = counterKind;
    const gate = gathering();
    const scene = aheadScene({ store: first.store, kind: unreadable, snapshots, index: lost, gather: gate.gather });
    await gate.during(scene.send(put));

    const letGo = scene.store.faults.holdAppends();
    const flying = scene.send(put, { commandId: 'new' });
    await gate.until(() => scene.decided.length === 2);
    const failing = scene.send({ kind: 'set_fact', key: 'a', version: 1, quantity: 1 });
    await turns();
    gate.letGo('newest');
    await expect(failing).rejects.toThrow('factsOf');
    const again = scene.send(put, { commandId: 'x' });
    gate.letGo('all');
    await turns();
    letGo();
    await gate.during(flying);
    expect(await gate.during(again)).toMatchObject({ kind: 'accepted', repeated: true });
    expect(await scene.log()).toHaveLength(5);
  });
});

/** `gather` that waits until it is let go. */
const gathering = () => {
  const waiting: (() => void)[] = [];
  const letGo = (which: 'all' | 'newest'): void => {
    const those = which === 'all' ? waiting.splice(0) : waiting.splice(-1);
    for (const resolve of those) resolve();
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      letGo('all');
      await turns();
    }
  };
  const during = async <T>(what: Promise<T>): Promise<T> => {
    let isOver = false;
    void what.finally(() => (isOver = true));
    await until(() => isOver);
    return what;
  };
  return { gather: () => new Promise<void>((resolve) => void waiting.push(resolve)), letGo, until, during };
};
