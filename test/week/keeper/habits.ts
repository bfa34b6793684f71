/** What a worker does right. A control gives one of them up, and must be found out. */
export type Habits = {
  /** Nothing is written before the feed was read in the same turn. */
  readonly readsFeedFirst: boolean;
  /** A feed that failed for half a minute lets nothing rise. */
  readonly distrustsStaleFeed: boolean;
  /** A request without an answer lets nothing rise until it can no longer come. */
  readonly mindsDoubt: boolean;
  /** A hint makes the order be read; nothing of it is taken for what the shop did. */
  readonly readsWhatIsHinted: boolean;
  /** A row that was written is read again more than once. */
  readonly readsBackTwice: boolean;
  /** What carts of the channel hold stands in its row. */
  readonly addsHolds: boolean;
  /** Units of orders that the ledger has not confirmed are taken off. */
  readonly takesOffUnconfirmed: boolean;
  /** A write is noted before it is sent. */
  readonly notesBeforeWriting: boolean;
  /** The ledger is asked for its figures when a row has its turn; else what it said a while ago is written. */
  readonly asksAnew: boolean;
  /** Rises wait while the shop is still making an order of the row. */
  readonly waitsForTheMaking: boolean;
};

export const goodHabits: Habits = {
  ...{ readsFeedFirst: true, distrustsStaleFeed: true, mindsDoubt: true, readsWhatIsHinted: true },
  ...{ readsBackTwice: true, addsHolds: true, takesOffUnconfirmed: true, notesBeforeWriting: true, asksAnew: true },
  waitsForTheMaking: true,
};
