/** Works that take turns: those of one name one after another, in the order in which they came. */
export type Turns = {
  /** Does the work when all before it have ended, whatever became of them. */
  readonly take: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when all that has been asked for so far has ended. */
  readonly ended: () => Promise<void>;
};

export const createTurns = (): Turns => {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: (name, work) => {
      const before = last.get(name);
      const result = before === undefined ? work() : before.then(work);
      const ended = result.then(ignore, ignore).then(() => {
        if (last.get(name) === ended) last.delete(name);
      });
      last.set(name, ended);
      return result;
    },
    ended: async () => {
      await Promise.all(last.values());
    },
  };
};

const ignore = (): void => undefined;
