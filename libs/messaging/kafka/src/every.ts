export type Round = {
  /** Once more now, or after the one under way. */
  readonly soon: () => void;
  /** Resolves after the one under way. */
  readonly stop: () => Promise<void>;
};

/** Work that is done again and again, `millis` between two. It must not reject. */
export const every = (millis: number, work: () => Promise<void>): Round => {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const turn = (): void => {
    clearTimeout(timer);
    running = running.then(async () => {
      if (isStopped) return;
      await work();
      clearTimeout(timer);
      timer = setTimeout(turn, millis);
    });
  };
  timer = setTimeout(turn, millis);
  return {
    soon: turn,
    stop: async () => {
      isStopped = true;
      await running;
      clearTimeout(timer);
    },
  };
};
