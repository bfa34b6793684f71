import { createHash } from 'node:crypto';
import { instantOf, millisOf, type Clock, type Digest, type Instant, type Random } from '#event-sourcing';

/** SHA-256 in the plainest way: what the fast one of the platform is compared with, too. */
export const plainDigest: Digest = {
  chain: (previous, text) =>
    createHash('sha256').update(Buffer.from(previous, 'hex')).update(text, 'utf8').digest('hex'),
  of: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
};

export type ManualClock = Clock & {
  /** Time goes on by so many milliseconds; whoever sleeps until then wakes. Below 0: the clock jumps back. */
  readonly advance: (millis: number) => void;
  /** How many sleep now. */
  readonly sleepers: () => number;
  /** Milliseconds until the first of them wakes; undefined: nobody sleeps. */
  readonly untilNext: () => number | undefined;
};

/** A clock that stands still until the test moves it. With `selfWinding` a sleep moves it: nobody waits. */
export const manualClock = (
  start: Instant = '2026-03-01T09:00:00.000Z',
  { selfWinding = false }: { readonly selfWinding?: boolean } = {},
): ManualClock => {
  let millis = millisOf(start);
  const sleeping = new Set<{ readonly until: number; readonly wake: () => void }>();
  const advance = (by: number): void => {
    millis += by;
    for (const sleeper of [...sleeping]) if (sleeper.until <= millis) sleeper.wake();
  };
  const sleep = (by: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper = {
        until: millis + by,
        wake: () => {
          sleeping.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      sleeping.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake);
      if (signal?.aborted === true) return sleeper.wake();
      if (selfWinding) advance(by);
    });
  return {
    now: () => instantOf(millis),
    sleep,
    advance,
    sleepers: () => sleeping.size,
    untilNext: () =>
      sleeping.size === 0 ? undefined : Math.max(0, Math.min(...[...sleeping].map(({ until }) => until)) - millis),
  };
};

/** mulberry32: small, fast and the same on every machine. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The machine's own: for what really waits for something outside of the test. */
export const machineClock: Clock = {
  now: () => instantOf(Date.now()),
  sleep: (millis, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, millis);
      signal?.addEventListener('abort', wake);
      if (signal?.aborted === true) wake();
    }),
};
