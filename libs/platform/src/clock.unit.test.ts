import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { instantOf, millisOf } from '#event-sourcing';
import { createClock } from './clock.js';

const manual = () => {
  const time = { monotonic: 1_000, wall: millisOf('2026-03-01T12:00:00.000Z') };
  return { time, clock: createClock({ monotonicMillis: () => time.monotonic, wallMillis: () => time.wall }) };
};

describe('createClock', () => {
  it('goes on with the monotonic counter, whatever the wall clock does', () => {
    const { time, clock } = manual();
    time.wall -= 3_600_000;
    time.monotonic += 1_500.7;
    expect(clock.now()).toBe('2026-03-01T12:00:01.500Z');
  });

  it('takes the time of the database, half of the round trip later', () => {
    const { time, clock } = manual();
    clock.calibrate('2026-03-01T12:05:00.000Z', 20);
    expect(clock.now()).toBe('2026-03-01T12:05:00.010Z');
    time.monotonic += 5;
    expect(clock.now()).toBe('2026-03-01T12:05:00.015Z');
  });

  it('never runs backwards: it stands still until the database has caught up', () => {
    const { time, clock } = manual();
    const before = clock.now();
    clock.calibrate(instantOf(millisOf(before) - 1_000));
    expect(clock.now()).toBe(before);
    time.monotonic += 999;
    expect(clock.now()).toBe(before);
    time.monotonic += 2;
    expect(clock.now()).toBe(instantOf(millisOf(before) + 1));
  });

  it('wakes at once when the signal aborts', async () => {
    const aborted = new AbortController();
    aborted.abort();
    await createClock().sleep(3_600_000, aborted.signal);
  });

  it('ends after its time, or for all who sleep on a signal when that aborts', async () => {
    const clock = createClock();
    const ending = new AbortController();
    const woken: string[] = [];
    const long = ['a', 'b'].map((name) => clock.sleep(3_600_000, ending.signal).then(() => woken.push(name)));
    await clock.sleep(1, ending.signal);
    expect(woken).toEqual([]);
    ending.abort();
    await Promise.all(long);
    expect(woken).toEqual(['a', 'b']);
  });

  it('is no leak when hundreds sleep on one signal; control: with a listener each it is taken for one', async () => {
    const warnings: string[] = [];
    const listen = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', listen);
    const [ours, plain] = [new AbortController(), new AbortController()];
    const clock = createClock();
    const ofOurs = Array.from({ length: 500 }, () => clock.sleep(3_600_000, ours.signal));
    ours.abort();
    await Promise.all(ofOurs);
    await nextTurn();
    expect(warnings).toEqual([]);
    const ofPlain = Array.from({ length: 500 }, () => wait(3_600_000, undefined, { signal: plain.signal }));
    plain.abort();
    await Promise.allSettled(ofPlain);
    await expect.poll(() => warnings).toEqual(['MaxListenersExceededWarning']);
    process.off('warning', listen);
  });
});
