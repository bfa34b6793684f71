import { within } from '#deadline';

/** Between two turns. */
export type Pause = {
  /** Resolves after `millis`, when woken, or when the signal aborts. Who was woken meanwhile does not rest at all. */
  readonly rest: (millis: number) => Promise<void>;
  /** Resolves after `millis` or when the signal aborts, whatever is heard meanwhile. */
  readonly restFirmly: (millis: number) => Promise<void>;
  readonly wake: () => void;
};

type Resting = {
  readonly sleep: (millis: number, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

export const createPause = ({ sleep, signal }: Resting): Pause => {
  let isWoken = false;
  let awaken = (): void => undefined;
  return {
    restFirmly: async (millis) => {
      if (millis > 0) await sleep(millis, signal);
    },
    rest: async (millis) => {
      if (!isWoken && millis > 0) {
        const ended = new AbortController();
        awaken = () => ended.abort();
        await within({ signals: [signal, ended.signal] }, (either) => sleep(millis, either));
      }
      isWoken = false;
      awaken = () => undefined;
    },
    wake: () => {
      isWoken = true;
      awaken();
    },
  };
};
