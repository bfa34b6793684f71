/** What a request takes, in milliseconds. Measured on 8.2.1 and 9.1.4 on two cores. */
export type Costs = {
  readonly requestMs: number;
  /** Each further row of a bulk write. */
  readonly writtenRowMs: number;
  readonly listedRowMs: number;
};

export const measuredCosts: Costs = { requestMs: 15, writtenRowMs: 0.7, listedRowMs: 0.1 };

/** Timers do not know fractions of this: what is owed is paid once it has come to so much. */
const timerMsMin = 1;

/**
 * A request's time, spent where the shop spends it: some of it before each row, so that others come in between. What has passed
 * is paid: our own work, and timers that ring late.
 * @param now milliseconds of a clock that runs evenly
 */
export const createMeter = (sleep: (ms: number) => Promise<void>, now: () => number) => {
  const began = now();
  let owedMs = 0;
  const pay = (): Promise<void> | undefined => {
    const ms = began + owedMs - now();
    return ms < timerMsMin ? undefined : sleep(ms);
  };
  return {
    owe: (ms: number) => void (owedMs += ms),
    pay,
  };
};

/** Keeps no process alive that has nothing else to do. */
export const sleepMs = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
