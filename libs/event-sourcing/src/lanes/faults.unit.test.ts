import { describe, expect, it } from 'vitest';
import { anyEvent, counterStream, lanesScene, plainDigest, sealAll, type LanesScene } from '#testing';
import type { Write } from '../event-store.js';
import { verifyChain } from '../chain/verify-chain.js';

const put = { kind: 'put', quantity: 1 } as const;
const puts = ({ send }: LanesScene, count: number, stream = counterStream) =>
  Promise.all(Array.from({ length: count }, () => send(put, { stream })));
const kinds = (outcomes: readonly { readonly kind: string }[]) => [...new Set(outcomes.map(({ kind }) => kind))];

/** Another writer's event at the place where this write would go. */
const rival = (by: number) => (writes: readonly Write[]) =>
  writes.map(({ stream, expectedRevision, events }): Write => {
    const head = { revision: expectedRevision, hash: 'a'.repeat(64) };
    return {
      stream,
      expectedRevision,
      events: sealAll(
        stream,
        events.map(() => anyEvent('Changed', { by })),
        head,
      ),
    };
  });

describe('lanes meet', () => {
  it('another writer: the tail is folded, the same commands are decided again', async () => {
    const scene = lanesScene();
    await scene.send({ kind: 'put', quantity: 2 });
    scene.store.faults.onAppend({ kind: 'overtaken', by: rival(-1) });
    const [first, second] = await Promise.all([
      scene.send({ kind: 'take', quantity: 1 }),
      scene.send({ kind: 'take', quantity: 1 }),
    ]);
    expect(first).toMatchObject({ kind: 'refused', refusal: { code: 'insufficient', available: 0 } });
    expect(second).toMatchObject({ kind: 'refused', revision: 2 });
    expect(await scene.log()).toHaveLength(3);
  });

  it('many processes on one stream: everybody gets through, and nothing is taken twice', async () => {
    const first = lanesScene({ name: 'p0', seed: 0 });
    const others = [1, 2, 3].map((seed) =>
      lanesScene({ store: first.store, clock: first.clock, name: `p${seed}`, seed }),
    );
    await first.send({ kind: 'put', quantity: 50 });
    const outcomes = await Promise.all(
      [first, ...others].flatMap((scene) =>
        Array.from({ length: 20 }, () => scene.send({ kind: 'take', quantity: 1 })),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(50);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(30);
    const stored = await first.log();
    expect(stored).toHaveLength(51);
    expect(verifyChain(plainDigest, stored).kind).toBe('intact');
  });

  it('a conflict without its tail: the rest is read', async () => {
    const scene = lanesScene();
    await scene.send(put);
    scene.store.faults.onAppend({ kind: 'conflict_without_tail' }, { kind: 'conflict_without_tail' });
    expect(kinds(await puts(scene, 3))).toEqual(['accepted']);
    expect(await scene.log()).toHaveLength(4);
  });

  it('a lost answer of a stored append: found by the ids, not applied again', async () => {
    const scene = lanesScene();
    await scene.send(put);
    scene.store.faults.onAppend({ kind: 'stored_but_unknown' });
    const outcomes = await puts(scene, 5);
    expect(
      outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.events.map(({ revision }) => revision)),
    ).toEqual([[1], [2], [3], [4], [5]]);
    expect(await scene.log()).toHaveLength(6);
  });

  it('a lost answer of an append of facts: their keys and versions decide', async () => {
    const scene = lanesScene();
    scene.store.faults.onAppend({ kind: 'stored_but_unknown' });
    const outcome = await scene.send({ kind: 'set_fact', key: 'a', version: 1, quantity: 7 });
    expect(outcome).toMatchObject({ kind: 'accepted', events: [], state: { sum: 7 } });
    expect(await scene.log()).toHaveLength(1);
  });

  it('a lost append: decided and appended anew', async () => {
    const scene = lanesScene();
    scene.store.faults.onAppend({ kind: 'lost' }, { kind: 'lost' });
    expect(await puts(scene, 3)).toMatchObject([{ repeated: false, revision: 0 }, { revision: 1 }, { revision: 2 }]);
    expect(await scene.log()).toHaveLength(3);
  });

  it('an append that lands after it was given up: one of the two wins, never both', async () => {
    const scene = lanesScene();
    await scene.send(put);
    scene.store.faults.onAppend(
      { kind: 'stored_late' },
      { kind: 'overtaken', by: () => (scene.store.faults.release(), []) },
    );
    const outcomes = await puts(scene, 4);
    expect(kinds(outcomes)).toEqual(['accepted']);
    expect(await scene.log()).toHaveLength(5);
    scene.store.faults.onAppend({ kind: 'stored_late' });
    expect(kinds(await puts(scene, 2))).toEqual(['accepted']);
    scene.store.faults.release();
    expect(await scene.log()).toHaveLength(7);
  });

  it('an outcome that stays unknown beyond the deadline', async () => {
    const scene = lanesScene();
    await scene.send(put);
    scene.store.faults.onAppend({ kind: 'stored_but_unknown' });
    const running = scene.send(put);
    scene.store.faults.failReads(1_000);
    expect(await running).toEqual({ kind: 'outcome_unknown' });
    scene.store.faults.failReads(0);
    expect(await scene.send(put)).toMatchObject({ kind: 'accepted', revision: 2 });
  });

  it('a store that is away for a moment: waits, and gets through', async () => {
    const scene = lanesScene();
    await scene.send(put);
    scene.store.faults.onAppend({ kind: 'unavailable' }, { kind: 'unavailable' }, { kind: 'unavailable' });
    expect(kinds(await puts(scene, 3))).toEqual(['accepted']);
    expect(await scene.log()).toHaveLength(4);
  });

  it('a store that stays away: unavailable when the deadline has passed, and well again afterwards', async () => {
    const scene = lanesScene();
    await scene.send(put);
    scene.store.faults.away(true);
    const outcomes = await Promise.all([puts(scene, 3), puts(scene, 2, 'counter-not-loaded')]);
    expect(kinds(outcomes.flat())).toEqual(['unavailable']);
    scene.store.faults.away(false);
    expect(await scene.send(put)).toMatchObject({ kind: 'accepted', revision: 1 });
    expect(scene.kernel.load().openCommands).toBe(0);
  });

  it('a stream that cannot be stored: it fails alone, the others go through', async () => {
    const scene = lanesScene();
    scene.store.faults.poison(({ stream }) => stream === 'counter-7');
    const streams = Array.from({ length: 20 }, (_, index) => `counter-${index}`);
    const outcomes = await Promise.allSettled(streams.map((stream) => scene.send(put, { stream })));
    expect(outcomes.map(({ status }) => status)).toEqual(
      streams.map((stream) => (stream === 'counter-7' ? 'rejected' : 'fulfilled')),
    );
    scene.store.faults.poison(undefined);
    expect(await scene.send(put, { stream: 'counter-7' })).toMatchObject({ kind: 'accepted', revision: 0 });
  });

  it('a command that cannot be stored: it fails alone among its neighbours on the stream', async () => {
    const scene = lanesScene();
    scene.store.faults.poison(({ events }) => events.some(({ data }) => data['by'] === 13));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, quantity) => scene.send({ kind: 'put', quantity })),
    );
    expect(outcomes.flatMap(({ status }, quantity) => (status === 'rejected' ? [quantity] : []))).toEqual([13]);
    expect((await scene.log()).map(({ data }) => data['by'])).toEqual([...Array(30).keys()].filter((by) => by !== 13));
  });

  it('an event type that evolve does not know: the stream fails, nobody else', async () => {
    const scene = lanesScene();
    await scene.store.append([
      { stream: counterStream, expectedRevision: -1, events: sealAll(counterStream, [anyEvent('NeverHeardOf')]) },
    ]);
    const [bad, good] = await Promise.allSettled([scene.send(put), scene.send(put, { stream: 'counter-2' })]);
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: {
        message: 'unknown event type {"type":"NeverHeardOf","data":{},"occurredAt":"2026-03-01T09:00:00.000Z"}',
      },
    });
    expect(good.status).toBe('fulfilled');
  });
});
