import type { Revision } from '#event-sourcing';

/** Orders whose last delivery is remembered: about 10 MB. Forgetting one costs a few commands that change nothing. */
const rememberedMax = 65_536;

/**
 * Which orders' targets have reached all their SKU streams, as far as this process knows. It saves the backstop from
 * sending again what the handler has sent a moment ago; nothing rests on it, and a crash forgets it.
 */
export type Deliveries = {
  /** Does the work of a handler on this order, and lets `settled` wait for it. */
  readonly during: <Result>(stream: string, work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when no handler is at work on this order. */
  readonly settled: (stream: string) => Promise<void>;
  /** Everything up to this revision of the order has arrived. */
  readonly note: (stream: string, revision: Revision) => void;
  readonly has: (stream: string, revision: Revision) => boolean;
};

const createMemory = (): Pick<Deliveries, 'note' | 'has'> => {
  const delivered = new Map<string, Revision>();
  return {
    note: (stream, revision) => {
      const newest = Math.max(revision, delivered.get(stream) ?? revision);
      delivered.delete(stream);
      delivered.set(stream, newest);
      const [oldest] = delivered.keys();
      if (delivered.size > rememberedMax && oldest !== undefined) delivered.delete(oldest);
    },
    has: (stream, revision) => (delivered.get(stream) ?? -1) >= revision,
  };
};

export const createDeliveries = (): Deliveries => {
  const atWork = new Map<string, Set<Promise<unknown>>>();
  return {
    ...createMemory(),
    during: async (stream, work) => {
      const working = atWork.get(stream) ?? new Set();
      atWork.set(stream, working);
      const result = work();
      working.add(result);
      try {
        return await result;
      } finally {
        working.delete(result);
        if (working.size === 0) atWork.delete(stream);
      }
    },
    settled: async (stream) => {
      await Promise.allSettled([...(atWork.get(stream) ?? [])]);
    },
  };
};
