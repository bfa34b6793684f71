import type { RowKey } from './row-key.js';

/** A class of payment, in the ledger's words. */
export type PaymentState = 'pending' | 'paid' | 'failed' | 'cancelled' | 'refunded' | 'trashed';

/** What is sold, in the shop's own ids: without a variant where the product has none. */
export type SoldIds = { readonly product: string; readonly variant?: string };

/** A line as the shop has it. Counts are in sold units, cumulative. */
export type OrderSnapshotLine = {
  /** Its id in the order. */
  readonly line: string;
  /** By which the ledger finds the listing. */
  readonly ids: SoldIds;
  readonly ordered: number;
  /** Refunds before issue included. */
  readonly cancelled?: number;
  /** Where the shop says so. */
  readonly shipped?: number;
  readonly refunded?: number;
  /** Refunded and put back into the shop's own stock. */
  readonly restocked?: number;
};

/** The whole order as the shop has it now: what the ledger's intake takes, but for its version. Times are RFC 3339. */
export type OrderSnapshot = {
  readonly placedAt: string;
  readonly changedAt?: string;
  readonly payment: PaymentState;
  /** The cart whose hold this order consumes. */
  readonly cart?: string;
  readonly lines: readonly OrderSnapshotLine[];
};

/** What an order says to the ledger and to people. */
export type DescribedOrder = {
  /** Its key in the ledger: another one for another order, also where a restored shop gives an id again. */
  readonly key: string;
  readonly snapshot: OrderSnapshot;
  /** The shop may change it yet without a word in its feed: it is read again at night. */
  readonly isOpen: boolean;
  /** Its money has been seen, whatever its state says now; left out: no, or the shop does not tell. */
  readonly wasPaid?: boolean;
  /**
   * The shop is at work on it this moment: what it shows is not whole. It is read again at once, the ledger is told of it when
   * it is made, and its rows do not rise meanwhile.
   */
  readonly isMaking?: boolean;
  /** What it holds changes then, though nobody changes the order: it is read again. Milliseconds since 1970. */
  readonly changesAtMillis?: number;
  /**
   * Unpaid, it is looked at again then and may be cancelled: the shop keeps nothing for it any longer, and would leave it as it
   * is. Where a person has said when orders of its class of payment are looked at, that counts. Milliseconds since 1970.
   */
  readonly reviewAtMillis?: number;
  /** How it is to be paid, in a word of the shop's own: when an unpaid order is looked at again depends on it. */
  readonly paymentClass?: string;
  /** Of the shop: two orders of one cart are told to a person. */
  readonly cart: string | undefined;
  /**
   * Rows by which some of it is listed and which its sale does not move, because it moves others: packs that are counted by what
   * is in them. Left out: none.
   */
  readonly soldByParts?: readonly RowKey[];
  /** What a person has to look at: a state that nobody has mapped. */
  readonly notices: readonly { readonly code: string; readonly detail: string }[];
};
