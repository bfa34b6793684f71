import { describe, expect, it } from 'vitest';
import { counterStream, lanesScene, plainDigest } from '#testing';
import { verifyChain } from '../chain/verify-chain.js';

const kinds = (outcomes: readonly { readonly kind: string }[]) => outcomes.map(({ kind }) => kind);

describe('lanes', () => {
  it('accept a command and answer with its event as the store has it', async () => {
    const { send, log } = lanesScene();
    const outcome = await send({ kind: 'put', quantity: 5 });
    const stored = await log();
    expect(outcome).toMatchObject({ kind: 'accepted', repeated: false, opened: true, revision: 0, state: { sum: 5 } });
    expect(outcome.kind === 'accepted' && outcome.events).toEqual(stored);
    expect(outcome.kind === 'accepted' && outcome.position).toBe(stored[0]!.position);
  });

  it('decide what waits in its order and append it at once', async () => {
    const { send, metrics, log } = lanesScene();
    const outcomes = await Promise.all([
      send({ kind: 'put', quantity: 5 }),
      send({ kind: 'take', quantity: 3 }),
      send({ kind: 'take', quantity: 3 }),
      send({ kind: 'take', quantity: 2 }),
      send({ kind: 'put_many', quantity: 1, count: 3 }),
    ]);
    expect(kinds(outcomes)).toEqual(['accepted', 'accepted', 'refused', 'accepted', 'accepted']);
    expect(outcomes[2]).toMatchObject({ refusal: { code: 'insufficient', available: 2 }, revision: 1 });
    expect(outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.state.sum)).toEqual([5, 2, false, 0, 1]);
    const stored = await log();
    expect(outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.events : []))).toEqual(stored);
    expect(metrics.filter(({ kind }) => kind === 'appended')).toEqual([
      { kind: 'appended', streams: 1, events: 6, commands: 5 },
    ]);
    expect(verifyChain(plainDigest, stored).kind).toBe('intact');
  });

  it('append many streams in one round trip, and each on its own terms', async () => {
    const { send, metrics } = lanesScene();
    const streams = Array.from({ length: 30 }, (_, index) => `counter-${index}`);
    const outcomes = await Promise.all(streams.map((stream) => send({ kind: 'put', quantity: 1 }, { stream })));
    expect(new Set(kinds(outcomes))).toEqual(new Set(['accepted']));
    expect(metrics).toEqual([{ kind: 'appended', streams: 30, events: 30, commands: 30 }]);
  });

  it('answer nobody before the commit, refusals that rest on it included', async () => {
    const { send, store, lanes } = lanesScene();
    await send({ kind: 'put', quantity: 1 });
    const letGo = store.faults.holdAppends();
    const answered: string[] = [];
    const running = [
      send({ kind: 'take', quantity: 1 }).then(({ kind }) => answered.push(kind)),
      send({ kind: 'take', quantity: 1 }).then(({ kind }) => answered.push(kind)),
      send({ kind: 'nothing' }).then(({ kind }) => answered.push(kind)),
    ];
    await lanes.load(['counter-other']);
    expect(answered).toEqual([]);
    letGo();
    await Promise.all(running);
    expect(answered).toEqual(['accepted', 'refused', 'accepted']);
  });

  it('let a bug in decide fail its own command only', async () => {
    const { send, log } = lanesScene();
    const [before, bug, after] = await Promise.allSettled([
      send({ kind: 'put', quantity: 1 }),
      send({ kind: 'bug' }),
      send({ kind: 'put', quantity: 2 }),
    ]);
    expect(bug).toMatchObject({ status: 'rejected', reason: new Error('a bug in decide') });
    expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(await log()).toHaveLength(2);
  });

  it('drop a command whose deadline has passed before deciding it', async () => {
    const { send, log, clock } = lanesScene();
    expect(await send({ kind: 'put', quantity: 1 }, { deadline: '2020-01-01T00:00:00.000Z' })).toEqual({
      kind: 'deadline_exceeded',
    });
    expect(await send({ kind: 'put', quantity: 1 }, { deadline: clock.now() })).toMatchObject({ kind: 'accepted' });
    expect(await log()).toHaveLength(1);
  });

  it('refuse what is too much: of one lane, and of the process', async () => {
    const { send, store, kernel } = lanesScene({
      bounds: { queuedCommandsPerLaneMax: 2, openCommandsMax: 4, busyRetryMillis: 100 },
    });
    const letGo = store.faults.holdAppends();
    const flying = send({ kind: 'put', quantity: 1 });
    const waiting = [send({ kind: 'put', quantity: 1 })];
    const busy = [send({ kind: 'put', quantity: 1 })];
    const other = [
      send({ kind: 'put', quantity: 1 }, { stream: 'counter-2' }),
      send({ kind: 'put', quantity: 1 }, { stream: 'counter-3' }),
    ];
    expect(await busy[0]).toMatchObject({ kind: 'busy' });
    const tooMany = await send({ kind: 'put', quantity: 1 }, { stream: 'counter-4' });
    expect(tooMany.kind === 'busy' && tooMany.retryAfterMillis >= 100 && tooMany.retryAfterMillis <= 200).toBe(true);
    letGo();
    expect(new Set(kinds(await Promise.all([flying, ...waiting, ...other])))).toEqual(new Set(['accepted']));
    expect(kernel.load().openCommands).toBe(0);
  });

  it('append what a decision needs first, and decide again', async () => {
    const { send, log, metrics } = lanesScene();
    const outcomes = await Promise.all([
      send({ kind: 'put', quantity: 3 }),
      send({ kind: 'put_on_even', quantity: 10 }, { commandId: 'prepared' }),
      send({ kind: 'put', quantity: 100 }),
    ]);
    expect(outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.state.sum)).toEqual([3, 14, 114]);
    const stored = await log();
    expect(stored.map(({ data }) => data['by'])).toEqual([3, 1, 10, 100]);
    expect(stored[1]!.metadata).not.toHaveProperty('commandHash');
    expect(metrics.map((metric) => metric.kind === 'appended' && metric.events)).toEqual([1, 1, 2]);
    expect(await send({ kind: 'put_on_even', quantity: 10 }, { commandId: 'prepared' })).toMatchObject({
      repeated: true,
      events: [stored[2]],
    });
  });

  it('bound what one append carries of a stream, but take a large command alone', async () => {
    const { send, metrics, log } = lanesScene({ bounds: { eventsPerStreamMax: 10, commandsPerStreamMax: 4 } });
    await Promise.all([
      ...[1, 2, 3, 4, 5].map((quantity) => send({ kind: 'put', quantity })),
      send({ kind: 'put_many', quantity: 6, count: 25 }),
      send({ kind: 'put_many', quantity: 7, count: 9 }),
      send({ kind: 'put_many', quantity: 8, count: 2 }),
    ]);
    expect(metrics.map((metric) => metric.kind === 'appended' && metric.events)).toEqual([4, 1, 25, 9, 2]);
    const changes = (await log()).filter(({ type }) => type === 'Changed');
    expect(changes.map(({ data }) => data['by'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('never let time run backwards within a stream', async () => {
    const { send, log, clock } = lanesScene();
    await send({ kind: 'put', quantity: 1 });
    clock.advance(-60_000);
    await send({ kind: 'put', quantity: 1 });
    const [first, second] = await log();
    expect(second!.metadata.recordedAt).toBe(first!.metadata.recordedAt);
  });

  it('stop when everything taken is answered', async () => {
    const { send, kernel, log } = lanesScene();
    const running = send({ kind: 'put', quantity: 1 });
    await kernel.stop();
    expect(await log()).toHaveLength(1);
    expect(await running).toMatchObject({ kind: 'accepted' });
    expect(await send({ kind: 'put', quantity: 1 })).toEqual({ kind: 'unavailable' });
  });

  it('load states as the store has them, and decide nothing', async () => {
    const { send, lanes, store } = lanesScene();
    await send({ kind: 'put', quantity: 4 });
    const other = lanesScene({ store, name: 'other' });
    await other.send({ kind: 'put', quantity: 3 });
    const [known, unknown] = await lanes.load([counterStream, 'counter-unknown']);
    expect(known).toMatchObject({ revision: 1, state: { sum: 7 } });
    expect(unknown).toMatchObject({ revision: -1, state: { sum: 0 } });
  });

  it('belong to one prefix, once', async () => {
    const { lanes, kernel, envelope } = lanesScene();
    const foreign = envelope({ kind: 'nothing' }, { stream: 'stock-1' });
    await expect(lanes.execute(foreign)).rejects.toThrow('no counter stream');
    expect(() => kernel.lanes({ prefix: 'counter' } as never, () => undefined)).toThrow('has lanes already');
  });
});
