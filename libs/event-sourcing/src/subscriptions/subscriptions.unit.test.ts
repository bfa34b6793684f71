import { describe, expect, it } from 'vitest';
import { createMemoryStore, type MemoryStore } from '#event-store/memory';
import { anyEvent, manualClock, noHead, sealAll, seededRandom, type Head } from '#testing';
import { positionOf } from '../position.js';
import { FollowerStoppedError, UnknownEventTypeError } from './errors.js';
import { runProjection, type Checkpoint, type ProjectionOptions } from './run-projection.js';
import { runSubscription } from './run-subscription.js';

const filler = (store: MemoryStore, stream = 'counter-1') => {
  let head: Head = noHead;
  return async (count: number, type = 'Noted') => {
    const events = sealAll(
      stream,
      Array.from({ length: count }, () => anyEvent(type)),
      head,
    );
    await store.append([{ stream, expectedRevision: head.revision, events }]);
    head = events.at(-1)!;
  };
};

/** Rows and checkpoint as a database would keep them: both or none. */
const projected = (store: MemoryStore, options: Partial<ProjectionOptions> = {}) => {
  const stop = new AbortController();
  const rows = { applied: [] as string[], batches: [] as number[], checkpoint: undefined as Checkpoint | undefined };
  const errors: unknown[] = [];
  const apply: ProjectionOptions['apply'] = (events, from, to) => {
    if (rows.checkpoint?.eventId !== from?.eventId) return Promise.resolve('checkpoint_moved');
    rows.applied.push(...events.map(({ eventId }) => eventId));
    rows.batches.push(events.length);
    rows.checkpoint = to;
    return Promise.resolve('applied');
  };
  const run = () =>
    runProjection({
      name: 'test',
      store,
      clock: manualClock(undefined, { selfWinding: true }),
      random: seededRandom(1),
      signal: stop.signal,
      checkpoint: { load: () => Promise.resolve(rows.checkpoint) },
      apply,
      onError: (error) => void errors.push(error),
      ...options,
    });
  return { rows, run, stop, errors, apply };
};

const idsOf = async (store: MemoryStore, stream = 'counter-1') =>
  (await store.read([{ stream, from: 0 }], 100_000))[0]!.map(({ eventId }) => eventId);

describe('runProjection', () => {
  it('applies everything once, in order, in large batches, and follows on', async () => {
    const store = createMemoryStore();
    const fill = filler(store);
    await fill(7_000);
    const { rows, run, stop } = projected(store);
    const projection = run();
    await projection.caughtUpTo(positionOf(7_000));
    expect(rows.batches).toEqual([5_000, 2_000]);
    await fill(3);
    await projection.caughtUpTo(positionOf(7_003));
    expect(rows.applied).toEqual(await idsOf(store));
    expect(await projection.lagEvents()).toBe(0);
    stop.abort();
    await projection.stopped;
    expect(projection.status()).toMatchObject({ state: 'stopped', reason: 'aborted', position: positionOf(7_003) });
  });

  it('rests after a small batch, so that what comes meanwhile shares the next one; never after a large one', async () => {
    const store = createMemoryStore();
    const fill = filler(store);
    const clock = manualClock();
    const { rows, run, stop } = projected(store, { clock, rest: { belowEvents: 5, millis: 10 } });
    await fill(5);
    const projection = run();
    await projection.caughtUpTo(positionOf(5));
    expect(clock.sleepers()).toBe(0);
    await fill(1);
    await projection.caughtUpTo(positionOf(6));
    for (let commands = 0; commands < 3; commands++) await fill(1);
    expect([clock.sleepers(), rows.batches]).toEqual([1, [5, 1]]);
    clock.advance(10);
    await projection.caughtUpTo(positionOf(9));
    expect(rows.batches).toEqual([5, 1, 3]);
    stop.abort();
    await projection.stopped;
  });

  it('goes on from its checkpoint after a restart, whatever had failed', async () => {
    const store = createMemoryStore();
    const fill = filler(store);
    await fill(10);
    const first = projected(store, { batchEventsMax: 3 });
    const running = first.run();
    await running.caughtUpTo(positionOf(10));
    first.stop.abort();
    await running.stopped;
    await fill(5);
    let failures = 3;
    const second = projected(store, {
      apply: (...batch) => (failures-- > 0 ? Promise.reject(new Error('no connection')) : second.apply(...batch)),
    });
    Object.assign(second.rows, first.rows);
    await second.run().caughtUpTo(positionOf(15));
    expect(second.rows.applied).toEqual(await idsOf(store));
    expect(second.errors).toHaveLength(3);
    second.stop.abort();
  });

  it('survives a store that is away, and one that delivers late and twice', async () => {
    const store = createMemoryStore();
    const fill = filler(store);
    await fill(4);
    store.faults.away(true);
    let failures = 0;
    const onError = () => store.faults.away((failures += 1) < 5);
    const { rows, run, stop } = projected(store, { batchEventsMax: 2, onError });
    store.faults.duplicateDelivery(2);
    const projection = run();
    await projection.caughtUpTo(positionOf(4));
    const deliver = store.faults.holdDelivery();
    await fill(6);
    expect(await projection.lagEvents()).toBe(6);
    deliver();
    await projection.caughtUpTo(positionOf(10));
    expect(rows.applied).toEqual(await idsOf(store));
    expect(failures).toBe(5);
    stop.abort();
  });

  it('lets two of them share the work: the checkpoint decides who applies', async () => {
    const store = createMemoryStore();
    await filler(store)(50);
    const { rows, run, stop } = projected(store, { batchEventsMax: 1 });
    const both = [run(), run()];
    await Promise.all(both.map((projection) => projection.caughtUpTo(positionOf(50))));
    expect(rows.applied).toEqual(await idsOf(store));
    stop.abort();
  });

  it.each([
    ['another event stands at its checkpoint', positionOf(3), 'another id'],
    ['the log ends before its checkpoint', positionOf(9), 'any id'],
  ])('stops with log_changed when %s', async (_, position, eventId) => {
    const store = createMemoryStore();
    await filler(store)(5);
    const { rows, run } = projected(store);
    rows.checkpoint = { position, eventId };
    const projection = run();
    await projection.stopped;
    expect(projection.status()).toMatchObject({ state: 'stopped', reason: 'log_changed' });
    expect(rows.applied).toEqual([]);
    await expect(projection.caughtUpTo(positionOf(5))).rejects.toThrow(FollowerStoppedError);
  });

  it('stops at an unknown event type and applies nothing of its batch', async () => {
    const store = createMemoryStore();
    const fill = filler(store);
    await fill(3);
    const { rows, run, errors, apply } = projected(store, {
      apply: (events, from, to) => {
        const unknown = events.find(({ type }) => type !== 'Noted');
        return unknown === undefined
          ? apply(events, from, to)
          : Promise.reject(new UnknownEventTypeError(unknown.type, 1));
      },
    });
    const projection = run();
    await projection.caughtUpTo(positionOf(3));
    await fill(1, 'NeverHeardOf');
    await expect(projection.caughtUpTo(positionOf(4))).rejects.toThrow('has stopped: unknown_event_type');
    expect(projection.status()).toMatchObject({ state: 'stopped', position: positionOf(3) });
    expect(rows.checkpoint?.position).toBe(positionOf(3));
    expect(errors).toEqual([new UnknownEventTypeError('NeverHeardOf', 1)]);
  });

  it('stops at a gap in positions that should have none', async () => {
    const store = createMemoryStore();
    await filler(store)(5);
    const lossy: typeof store = {
      ...store,
      subscribe: async function* (after, options) {
        for await (const batch of store.subscribe(after, options)) {
          yield { ...batch, events: batch.events.filter(({ revision }) => revision !== 2) };
        }
      },
    };
    const { run } = projected(lossy);
    const projection = run();
    await projection.stopped;
    expect(projection.status().reason).toBe('position_gap');
  });

  it('follows some prefixes, and still tells how far it has come', async () => {
    const store = createMemoryStore();
    await filler(store)(5);
    await filler(store, 'policy-1')(2);
    await filler(store, 'counter-2')(5);
    const { rows, run, stop } = projected(store, { prefixes: ['policy-'] });
    await run().caughtUpTo(positionOf(12));
    expect(rows.applied).toEqual(await idsOf(store, 'policy-1'));
    expect(rows.checkpoint?.position).toBe(positionOf(7));
    const again = run();
    await again.caughtUpTo(positionOf(12));
    expect(rows.applied).toHaveLength(2);
    stop.abort();
  });

  it('ends a wait when its signal aborts', async () => {
    const { run, stop } = projected(createMemoryStore());
    const projection = run();
    const impatient = new AbortController();
    const wait = projection.caughtUpTo(positionOf(1), impatient.signal);
    impatient.abort(new Error('too slow'));
    await expect(wait).rejects.toThrow('too slow');
    stop.abort();
  });
});

describe('runSubscription', () => {
  it('handles every event at least once and in order, a failed batch again', async () => {
    const store = createMemoryStore();
    await filler(store)(20);
    const stop = new AbortController();
    const handled: string[] = [];
    let calls = 0;
    const follower = runSubscription({
      name: 'test',
      store,
      clock: manualClock(undefined, { selfWinding: true }),
      random: seededRandom(1),
      signal: stop.signal,
      batchEventsMax: 3,
      after: positionOf(2),
      handle: ({ events }) => {
        calls += 1;
        if (calls % 3 === 0) throw new Error('not now');
        handled.push(...events.map(({ eventId }) => eventId));
      },
    });
    await follower.caughtUpTo(positionOf(20));
    expect(handled).toEqual((await idsOf(store)).slice(2));
    stop.abort();
    await follower.stopped;
    expect(follower.status().state).toBe('stopped');
  });
});
