import { getEventListeners, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { endWith, within } from './within.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What a collector may take is gone after some of them. */
const collectAll = async (): Promise<void> => {
  for (let left = 5; left > 0; left -= 1) {
    collect();
    await nextTurn();
  }
};

const pieces = 50;
const millis = 200;

/** Waits as undici does: a listener on the signal, and nobody else holds that. */
const waitFor = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

const names = (reasons: readonly unknown[]): ReadonlySet<string> =>
  new Set(reasons.map((reason) => (reason instanceof DOMException ? reason.name : String(reason))));

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('within', () => {
  it('control: what nobody holds is gone by then', async () => {
    const held = Array.from({ length: pieces }, () => new WeakRef(new AbortController()));
    await nextTurn();
    await collectAll();
    expect(held.filter((one) => one.deref() !== undefined)).toEqual([]);
  });

  it('ends work after its time, whatever the collector takes meanwhile', async () => {
    const stopping = new AbortController();
    const all = Array.from({ length: pieces }, () => within({ millis, signals: [stopping.signal] }, waitFor));
    await collectAll();
    expect(names(await Promise.all(all))).toEqual(new Set(['TimeoutError']));
  });

  it('ends it with a signal that knows a time of its own, whatever the collector takes meanwhile', async () => {
    const all = Array.from({ length: pieces }, () =>
      within({ millis: 600_000, signals: [AbortSignal.timeout(millis)] }, (outer) =>
        within({ millis: 600_000, signals: [outer] }, waitFor),
      ),
    );
    await collectAll();
    expect(names(await Promise.all(all))).toEqual(new Set(['TimeoutError']));
  });

  it('ends it with any of the signals, at once where one has aborted, and says why', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const ended = within({ signals: [first.signal, undefined, second.signal] }, waitFor);
    second.abort('stopping');
    expect(await ended).toBe('stopping');
    expect(await within({ signals: [second.signal] }, ({ reason }) => Promise.resolve(reason as unknown))).toBe(
      'stopping',
    );
  });

  it('leaves nothing behind: neither where the work ends nor where it fails', async () => {
    const { signal } = new AbortController();
    const before = timers();
    expect(await within({ millis, signals: [signal] }, () => Promise.resolve(7))).toBe(7);
    await expect(within({ millis, signals: [signal] }, () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(timers()).toBe(before);
  });

  it('takes many at once that share a signal for no leak', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warned);
    const stopping = new AbortController();
    const all = Array.from({ length: pieces }, () => within({ signals: [stopping.signal] }, waitFor));
    await nextTurn();
    stopping.abort();
    await Promise.all(all);
    await nextTurn();
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });
});

describe('endWith', () => {
  it('ends a controller with a signal, until it is told not to', async () => {
    const [signal, followed, released] = [new AbortController(), new AbortController(), new AbortController()];
    const heard = once(followed.signal, 'abort');
    endWith(followed, signal.signal);
    endWith(released, signal.signal)();
    signal.abort();
    await heard;
    expect([followed.signal.aborted, released.signal.aborted]).toEqual([true, false]);
  });
});
