/** Work under way at the same time, up to a bound; the first failure is kept and told to whoever adds or waits. */
export type Bounded = {
  /** Starts the work as soon as there is room; resolves when it has been started. */
  readonly add: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
};

type Failure = { readonly error: unknown };

export const startBounded = (underWayMax: number): Bounded => {
  const underWay = new Set<Promise<void>>();
  let failure: Failure | undefined;
  const check = (): void => {
    if (failure) throw failure.error;
  };
  const start = (work: () => Promise<void>): void => {
    const running: Promise<void> = work()
      .catch((error: unknown) => void (failure ??= { error }))
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };
  return {
    add: async (work) => {
      while (underWay.size >= underWayMax) await Promise.race(underWay);
      check();
      start(work);
    },
    idle: async () => {
      await Promise.all(underWay);
      check();
    },
  };
};
