/**
 * Who comes after whom where work is under way at the same time: `take` gives out turns in order, and each begins when the
 * one before has been passed on.
 */
export type Turn = {
  /** Resolves when it is this one's turn. */
  readonly begins: Promise<void>;
  /** Lets the next one begin. Passing on twice, or before it began, is passing on once. */
  readonly passOn: () => void;
};

export const startTurns = (): { readonly take: () => Turn } => {
  let last = Promise.resolve();
  return {
    take: () => {
      const begins = last;
      let passOn = (): void => undefined;
      const passedOn = new Promise<void>((resolve) => (passOn = resolve));
      last = begins.then(() => passedOn);
      return { begins, passOn: () => passOn() };
    },
  };
};
