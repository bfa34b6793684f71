/** What was started, to be stopped in the other order. */
export type Closing = {
  readonly add: (stop: () => Promise<unknown>) => void;
  /** What cannot be stopped is told and keeps nothing else from stopping. */
  readonly close: () => Promise<void>;
};

export const createClosing = (onTrouble: (error: unknown) => void): Closing => {
  const stops: (() => Promise<unknown>)[] = [];
  return {
    add: (stop) => void stops.push(stop),
    close: async () => {
      for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop().catch(onTrouble);
    },
  };
};
