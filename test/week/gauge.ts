/** Knows what is under way, so that time waits for it. */
export type Gauge = {
  readonly underWay: () => readonly string[];
  readonly during: <Value>(what: string, work: () => Promise<Value>) => Promise<Value>;
};

export const createGauge = (): Gauge => {
  const works = new Set<{ readonly what: string }>();
  return {
    underWay: () => [...works].map(({ what }) => what),
    during: async (what, work) => {
      const one = { what };
      works.add(one);
      try {
        return await work();
      } finally {
        works.delete(one);
      }
    },
  };
};
