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
    sleep: async (millis, signal) => {
      await wait(millis, undefined, signal === undefined ? {} : { signal }).catch(ignoreAbort);
    },
    calibrate: (databaseNow, roundTripMillis = 0) => {
      offset = millisOf(databaseNow) + roundTripMillis / 2 - monotonicMillis();
    },
  };
};

const ignoreAbort = (error: unknown): void => {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
};
