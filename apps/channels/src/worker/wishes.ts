/** Orders that are read because of hints of others: more of them the feed brings. */
const hintsMax = 1_000;

/** Orders that somebody waits for. */
type Wish = {
  readonly orders: readonly string[];
  readonly done: () => void;
  readonly failed: (error: Error) => void;
};

/** Orders that are to be read besides what the feed brings. */
export type Wishes = {
  readonly isEmpty: () => boolean;
  /** Somebody says that they may have changed: as many as there is room for. */
  readonly hint: (orders: readonly string[]) => void;
  /** A list of our own, whose length is bounded already. */
  readonly add: (orders: readonly string[]) => void;
  /** Resolves when they have been read. @throws when the worker has ended before */
  readonly wait: (orders: readonly string[]) => Promise<void>;
  /** Those of this moment. */
  readonly take: () => TakenWishes;
  readonly end: () => void;
};

export type TakenWishes = {
  readonly orders: readonly string[];
  /** They were asked for: hints are forgotten. */
  readonly asked: () => void;
  /** They were read, all of them: nobody waits for them any more. */
  readonly read: () => void;
};

export const createWishes = (): Wishes => {
  const hints = new Set<string>();
  const waiting: Wish[] = [];
  return {
    isEmpty: () => hints.size === 0 && waiting.length === 0,
    hint: (orders) => {
      for (const order of orders) if (hints.size < hintsMax) hints.add(order);
    },
    add: (orders) => orders.forEach((order) => hints.add(order)),
    wait: (orders) => new Promise((done, failed) => void waiting.push({ orders, done, failed })),
    take: () => {
      const wishes = [...waiting];
      const orders = [...hints, ...wishes.flatMap((wish) => wish.orders)];
      return {
        orders,
        asked: () => orders.forEach((order) => hints.delete(order)),
        read: () => waiting.splice(0, wishes.length).forEach(({ done }) => done()),
      };
    },
    end: () => waiting.forEach(({ failed }) => failed(new Error('The worker has ended before all orders were read'))),
  };
};
