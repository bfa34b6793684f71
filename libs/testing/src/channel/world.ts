import type { ChannelPort, RowKey, TroubleKind } from '#channel-kit';

/** Something that the shop, or what stands before it, does wrong. */
export type Failing = {
  /** What every question then meets. */
  readonly kind: TroubleKind;
  /** Begins it, and answers what ends it. */
  readonly begin: () => () => void;
  /** How long a question may take, in milliseconds; without it nothing answers late. */
  readonly deadlineMillis?: number;
};

/** What only a shop of our own lets us do. */
export type Playground = {
  /** Changes that an order may meet, by name, each on an order of its own. */
  readonly changes: Readonly<Record<string, (order: string) => Promise<void>>>;
  readonly vanish: (order: string) => Promise<void>;
  readonly failing: Readonly<Record<string, Failing>>;
  /** The next write is carried out, and its answer lost. */
  readonly loseAnswer: () => void;
  /** The next write of several rows fails behind its first row. */
  readonly failBehindFirst: () => void;
  /** The next cancellation is carried out, and its answer lost. */
  readonly loseCancellation: () => void;
  /** Sets the shop back to how it is now, once that was done, some seconds later. */
  readonly restoredAfter: (done: () => Promise<void>) => Promise<void>;
};

/**
 * A shop, a port on it, and what people and others do in it behind the port's back. All but the playground can be done in
 * any shop, a real one too: these checks are never skipped.
 */
export type ChannelWorld<Order> = {
  readonly port: ChannelPort<Order>;
  /** Rows that checks may write: one at least, two with a playground. */
  readonly rows: readonly RowKey[];
  /** A row that the shop does not have. */
  readonly missingRow: RowKey;
  /** An order that the shop does not have. */
  readonly missingOrder: string;
  /** A port on the same shop whose key is wrong. */
  readonly stranger: ChannelPort<Order>;
  /** Orders units of a row through the shop's interface. Answers the order's id. */
  readonly order: (row: RowKey, units: number) => Promise<string>;
  readonly cancel: (order: string) => Promise<void>;
  /** An order that is placed while `write` is carried out: where the shop loses writes, this one is undone. */
  readonly orderAcross: (row: RowKey, units: number, write: () => Promise<void>) => Promise<string>;
  /** Somebody types a quantity. */
  readonly typeIn: (row: RowKey, quantity: number) => Promise<void>;
  /** Sources of the feed that can be taken away, and the taking away of one. */
  readonly sources: readonly string[];
  readonly withoutSource: <Value>(source: string, use: () => Promise<Value>) => Promise<Value>;
  readonly playground?: Playground;
};

/** One promise of the port. Rejects with what is wrong. */
export type ChannelCheck = {
  /** It cannot be asked of a shop that is not our own. */
  readonly needsPlayground: boolean;
  readonly run: <Order>(world: ChannelWorld<Order>) => Promise<void>;
};
