/** Work under way at the same time, up to a bound; the first failure is kept and told to whoever adds or waits. */
export type Bounded = {
  /** Starts the work as soon as there is room; resolves when it has been started. */
  readonly add: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
};

type Failure = { readonly error: unknown };

export const startBounded = (underWayMax: number): Bounded => {
  let underWay = 0;
  let failure: Failure | undefined;
  let waiting: (() => void)[] = [];
  const check = (): void => {
    if (failure) throw failure.error;
  };
  /** Resolves when one of them has ended: a race of all of them would listen to each, for every one that is added. */
  const oneEnds = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const start = async (work: () => Promise<void>): Promise<void> => {
    underWay += 1;
    try {
      await work();
    } catch (error) {
      failure ??= { error };
    } finally {
      underWay -= 1;
      wakeAll();
    }
  };
  return {
    add: async (work) => {
      while (underWay >= underWayMax) await oneEnds();
      check();
      void start(work);
    },
    idle: async () => {
      while (underWay > 0) await oneEnds();
      check();
    },
  };
};
