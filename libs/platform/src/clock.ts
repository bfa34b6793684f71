import { setTimeout as wait } from 'node:timers/promises';
import { instantOf, millisOf, type Clock, type Instant } from '#event-sourcing';

/** The ledger's time in this process: a monotonic counter plus an offset that the database tells. */
export type CalibratedClock = Clock & {
  /**
   * Takes over the database's time: `databaseNow` as it answered just now, `roundTripMillis` what the question took (half
   * of it has passed since). A database behind us does not turn time back: `now` stands still until it has caught up.
   */
  readonly calibrate: (databaseNow: Instant, roundTripMillis?: number) => void;
};

type Sources = { readonly monotonicMillis: () => number; readonly wallMillis: () => number };
const machine: Sources = { monotonicMillis: () => performance.now(), wallMillis: () => Date.now() };

/** A clock on this machine's time until it is calibrated. A jump of the machine's wall clock never shows in it. */
export const createClock = ({ monotonicMillis, wallMillis }: Sources = machine): CalibratedClock => {
  let offset = wallMillis() - monotonicMillis();
  let lastMillis = Number.NEGATIVE_INFINITY;
  let last: Instant = '';
  return {
    now: () => {
      const millis = Math.floor(monotonicMillis() + offset);
      if (millis > lastMillis) {
        lastMillis = millis;
        last = instantOf(millis);
      }
      return last;
    },
    sleep: (millis, signal) => (signal === undefined ? wait(millis) : sleepUntil(signal, millis)),
    calibrate: (databaseNow, roundTripMillis = 0) => {
      offset = millisOf(databaseNow) + roundTripMillis / 2 - monotonicMillis();
    },
  };
};

/**
 * Who sleeps until a signal aborts, by signal: they share one listener. Hundreds of messages wait for the end of one intake
 * while the ledger is busy, and with a listener each Node takes them for a leak.
 */
const sleepers = new WeakMap<AbortSignal, Set<() => void>>();

const sleepersOf = (signal: AbortSignal): Set<() => void> => {
  const known = sleepers.get(signal);
  if (known !== undefined) return known;
  const made = new Set<() => void>();
  sleepers.set(signal, made);
  signal.addEventListener('abort', () => [...made].forEach((wake) => wake()), { once: true });
  return made;
};

const sleepUntil = (signal: AbortSignal, millis: number): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const all = sleepersOf(signal);
    const wake = (): void => {
      clearTimeout(timer);
      all.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, millis);
    all.add(wake);
  });
