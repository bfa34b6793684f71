/** Work that is done again and again, one piece at a time, as long as there is any. */
export type Pump = { readonly kick: () => void };

/**
 * `work` does one piece. Whoever makes work calls `kick`; while a piece is being done that is enough, too. An error of a
 * piece is a bug: it is reported, and the next kick goes on.
 */
export const createPump = (
  hasWork: () => boolean,
  work: () => Promise<void>,
  onBug: (error: unknown) => void,
): Pump => {
  let running = false;
  const run = async (): Promise<void> => {
    try {
      while (hasWork()) await work();
    } catch (error) {
      onBug(error);
    } finally {
      running = false;
    }
  };
  return {
    kick: () => {
      if (running) return;
      running = true;
      void run();
    },
  };
};
