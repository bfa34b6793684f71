import { describe, expect, it } from 'vitest';
import { FollowerStoppedError } from '#event-sourcing';
import { manualClock } from '#testing';
import { intakeTopics } from '#apps/ledger';
import { batchHandler } from '../../apps/ledger/src/intake/batch.js';
import type { IntakeLedger } from '../../apps/ledger/src/intake/judge.js';
import { watchReadSide } from '../../apps/standalone/src/read-side-lag.js';

const head = () => Promise.resolve('00000000000000000001');

describe('a read side', () => {
  it('is behind when it does not come to where the log ended, and no more when it does', async () => {
    const clock = manualClock();
    const stopping = new AbortController();
    let keepsUp = false;
    const caughtUpTo = (): Promise<void> =>
      keepsUp ? Promise.resolve() : Promise.reject(new FollowerStoppedError('too slow'));
    const lag = watchReadSide({ head }, { caughtUpTo, clock }, stopping.signal);
    await expect.poll(lag.isBehind).toBe(true);
    keepsUp = true;
    await expect.poll(clock.sleepers).toBe(1);
    clock.advance(5_000);
    await expect.poll(lag.isBehind).toBe(false);
    stopping.abort();
    await lag.stopped;
  });

  it('is not behind because the log cannot be asked', async () => {
    const clock = manualClock();
    const stopping = new AbortController();
    const away = () => Promise.reject(new Error('away'));
    const lag = watchReadSide({ head: away }, { caughtUpTo: () => Promise.resolve(), clock }, stopping.signal);
    await expect.poll(clock.sleepers).toBe(1);
    expect(lag.isBehind()).toBe(false);
    stopping.abort();
    await lag.stopped;
  });
});

describe('the intake', () => {
  it('rests before each batch while the read side is behind, and not otherwise', async () => {
    const clock = manualClock();
    const parked: string[] = [];
    let behind = true;
    const handle = batchHandler({
      ...{ ledger: {} as IntakeLedger, clock, random: () => 0, isReadSideBehind: () => behind },
      park: ({ problem }) => Promise.resolve(void parked.push(problem.code)),
    });
    const poison = { offset: 0, key: undefined, headers: new Map<string, string>(), value: undefined };
    const batch = { topic: intakeTopics.movements, partition: 0, messages: [poison] };
    const { signal } = new AbortController();
    const slowed = handle(batch, signal);
    await expect.poll(clock.sleepers).toBe(1);
    expect(parked).toEqual([]);
    clock.advance(1_000);
    await slowed;
    behind = false;
    await handle(batch, signal);
    expect(parked).toEqual(['malformed_message', 'malformed_message']);
  });
});
