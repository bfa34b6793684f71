import type { Workers } from '../contracts/index.js';
import { createWorkers } from '../worker/create-workers.js';
import { supervise, type SuperviseOptions } from '../worker/supervise.js';

export type ChannelsOptions = SuperviseOptions;

/** The workers of all channels, running. */
export type Channels = {
  readonly workers: Workers;
  /** Ends after the requests that are under way. */
  readonly stop: () => Promise<void>;
};

/** Begins to run every channel that is not off. Of several processes on a database one runs them all. */
export const startChannels = (options: ChannelsOptions): Channels => {
  const supervised = supervise(options);
  const workers = createWorkers(options, supervised);
  return {
    workers,
    stop: async () => {
      await supervised.stop();
      await workers.ended();
    },
  };
};
