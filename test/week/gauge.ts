/** Counts what is under way, so that time waits for it. */
export type Gauge = {
  readonly isBusy: () => boolean;
  readonly during: <Value>(work: () => Promise<Value>) => Promise<Value>;
};

export const createGauge = (): Gauge => {
  let underWay = 0;
  return {
    isBusy: () => underWay > 0,
    during: async (work) => {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
  };
};
