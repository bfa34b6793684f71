import type { NumberSet } from '../row/number-set.js';
import type { Capabilities } from './capabilities.js';
import type { DescribedOrder, SoldIds } from './order-snapshot.js';
import type { RowKey } from './row-key.js';
import type { Answer } from './trouble.js';

export type { RowKey } from './row-key.js';

/** What the shop sells, and where its stock stands. */
export type ShopListing = {
  readonly row: RowKey;
  /** By which order lines name it. */
  readonly ids: SoldIds;
  /** Used once, to propose a mapping. */
  readonly references: readonly string[];
  readonly title: string;
  /** Why this one cannot be sold through the ledger as it is; a person has to change it in the shop. */
  readonly unfit?: { readonly code: string; readonly detail: string };
};

export type RowReading = { readonly row: RowKey; readonly quantity: number };
export type RowChange = { readonly row: RowKey; readonly quantity: number; readonly expected: number };

/**
 * What became of each row of a write: those that are not named may or may not have been written. Of a shop that compares and
 * sets, the code `conflict` says that a row showed something else than was expected, and the detail what: it was left as it was.
 */
export type WriteAnswer = {
  readonly written: readonly RowKey[];
  readonly failed: readonly { readonly row: RowKey; readonly code: string; readonly detail: string }[];
};

export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | undefined };

/** Where the reader of a shop's feed goes on, one per source; opaque. */
export type Cursors = Readonly<Record<string, string>>;

/** What the sources of a feed brought. A source that failed keeps its cursor, and the feed is not fresh. */
export type FeedReading = {
  /** Orders that may have changed, each once, in the shop's own order. */
  readonly orders: readonly string[];
  readonly cursors: Cursors;
  readonly failed: readonly {
    readonly source: string;
    readonly trouble: Extract<Answer<never>, { kind: 'trouble' }>['trouble'];
  }[];
  /**
   * The shop counts on from before what was seen already: it was restored from a backup. All cursors are then what they were,
   * and `orders` is what the reading brought all the same. Ids in words of the source: the newest that was seen, and the newest
   * there is. Who goes on begins anew, without cursors, and reads again the orders that it knows.
   */
  readonly wentBack?: { readonly source: string; readonly from: string; readonly to: string };
};

export type SurveyAsked = {
  /** Where messages of the shop are heard: the path of the address, `/v1/channels/web/hints`. */
  readonly hintsPath: string;
  /** Whether anything may be changed in the shop. */
  readonly mayMend: boolean;
};

export type Survey = {
  /** All that was looked at, by stable codes: what a person has to know; undefined: all is well with that. */
  readonly notices: readonly { readonly code: string; readonly detail: string | undefined }[];
  /** The shop had ceased to send its messages: what it would have said is to be read. */
  readonly missedMessages: boolean;
};

/** Somebody may have set a row. `figure`: what it showed then, which tells news from what is known; what it shows now is read. */
export type RowHint = { readonly row: RowKey; readonly figure?: number };

/** A hint that something changed, out of a message whose sender is proven. */
export type Hint = { readonly order: string } | RowHint;

/**
 * One shop. A connector knows its API and nothing else; all that is common to shops is around it. `Order` is what it keeps of
 * an order between two readings, as plain JSON. Nothing here throws for what a shop does; nothing is tried again inside; and
 * every call ends with its signal.
 */
export type ChannelPort<Order> = {
  /** What the shop can do now: a survey may find that it can do more, or less. */
  readonly capabilities: Capabilities;
  /**
   * Looks at how the shop is set up, as far as the port goes by that, and mends there what had switched itself off. Asked when a
   * worker begins and from then on once in a while; of a system with nothing to look at it is left out.
   */
  readonly survey?: (asked: SurveyAsked, signal: AbortSignal) => Promise<Answer<Survey>>;
  /** Every listing, a page at a time. */
  readonly listings: (after: string | undefined, signal: AbortSignal) => Promise<Answer<Page<ShopListing>>>;
  /** What these rows show now. A row that is not there any more is left out. */
  readonly readBack: (rows: readonly RowKey[], signal: AbortSignal) => Promise<Answer<readonly RowReading[]>>;
  /** Sets them; at most `capabilities.rowsMax`. */
  readonly write: (changes: readonly RowChange[], signal: AbortSignal) => Promise<Answer<WriteAnswer>>;
  /** What has changed behind the cursors; `undefined`: from now on. */
  readonly ordersSince: (cursors: Cursors | undefined, signal: AbortSignal) => Promise<Answer<FeedReading>>;
  /** An order as it is now, whole; `undefined`: the shop does not have it any more. */
  readonly order: (id: string, signal: AbortSignal) => Promise<Answer<Order | undefined>>;
  /**
   * Ids of the orders whose goods have not left, by the states that the shop has them in: for a shop that is taken in with the
   * orders that it owes. Some may be over all the same: what an order says of itself is in its reading.
   */
  readonly openOrders: (signal: AbortSignal) => Promise<Answer<readonly string[]>>;
  /** What an order says to the ledger and to people. Of the reading alone: the same reading says the same. */
  readonly describe: (order: Order) => DescribedOrder;
  /**
   * Asks the shop to cancel an order. One that is cancelled already is answered, and one that the shop does not have is
   * refused. It is not looked at whether the order should be: who asks reads it before, and some time after.
   */
  readonly cancel: (id: string, signal: AbortSignal) => Promise<Answer<undefined>>;
  /** What the shop did to its own rows between two readings of an order; no first one: it is new. */
  readonly effects: (before: Order | undefined, after: Order | undefined) => ReadonlyMap<RowKey, NumberSet>;
  /**
   * Rows whose units this order will take and has not taken for certain, or that the shop keeps for it beside its figure.
   * They are added to what is written: the ledger's figures are without them, and the row is not yet.
   */
  readonly pending: (order: Order, nowMillis: number) => ReadonlyMap<RowKey, number>;
  /** Proves the sender of a message and reads it; undefined: it proves nothing, and is not believed. */
  readonly verifyWebhook: (
    body: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    nowMillis: number,
  ) => readonly Hint[] | undefined;
};
