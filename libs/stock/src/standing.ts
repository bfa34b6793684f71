import type { Instant } from '#event-sourcing';

/* What events leave behind: order lines, reservations, quotas and lines of purchase orders as they stand after one. */

/** An order line on this SKU: the channel, the order's key in it, and the line's key within the order. */
export type OrderLine = { readonly channel: string; readonly orderKey: string; readonly line: string };

/** What a line has committed at one location. */
export type Committed = { readonly location: string; readonly quantity: number };

/**
 * Units at a location that a connection knows to be committed, and counts as gone in its figures of what is free; `at`:
 * since when, by its own word.
 */
export type Acknowledged = Committed & { readonly connection: string; readonly at: Instant };

/**
 * An order line as it stands after an event. `version` is the revision of the order stream at which its target last
 * changed (-1: only facts have named the line so far); what is committed (spread over locations in the order of taking) and
 * what is backordered are together max(0, promised - baselineIssued - issued), but at least what is sent.
 * `withheld`: refunded before issue without restock, stands in quarantine. `sent`: units a warehouse was asked for.
 */
export type LineStanding = {
  readonly version: number;
  readonly ordered: number;
  readonly promised: number;
  readonly baselineIssued: number;
  readonly baselineReturned: number;
  readonly issued: number;
  readonly returned: number;
  readonly withheld: number;
  readonly committed: readonly Committed[];
  readonly sent: readonly Committed[];
  readonly paid: boolean;
  readonly placedAt: Instant;
  /** What the shop has put back into its stock, where it is author of returns: an issue that comes later changes what of it counts. */
  readonly restocked?: number;
  /** Where the withheld units stand in quarantine, and where the shop's own word has issued and returned units. */
  readonly quarantined?: readonly Committed[];
  /** Of the committed units those that came out of the channel's quota: what is given up goes back there. */
  readonly ofQuota?: readonly Committed[];
  /** The same of issued units: an issue that is taken back leaves them with their quota. */
  readonly issuedOfQuota?: readonly Committed[];
  readonly shippedFrom?: readonly Committed[];
  readonly restockedTo?: readonly Committed[];
  /** Units that wait for what is incoming, in the order of promising; with what is committed they are what is open. */
  readonly backordered?: readonly Backordered[];
  /** Of the committed units those that outside systems know of. */
  readonly acknowledged?: readonly Acknowledged[];
};

/** Units promised to an order line out of a line of a purchase order, for the moment at which those were expected. */
export type Backordered = { readonly incomingLine: string; readonly quantity: number; readonly date: Instant };

/**
 * A line of a purchase order as whoever orders has told it. `line` is its source key. `quantity`: ordered in all, what has
 * arrived included. `eta` left out: nobody knows. `confidence`: the share of it that is counted on, in basis points.
 */
export type IncomingLine = {
  readonly line: string;
  readonly connection: string;
  readonly location: string;
  readonly quantity: number;
  readonly orderedAt: Instant;
  readonly eta?: Instant;
  readonly confirmed: boolean;
  readonly confidence: number;
};

/** By how many units something changes of a line of a purchase order: what is promised of it, or what has arrived. */
export type Pledge = { readonly incomingLine: string; readonly quantity: number };

/**
 * Units of a location that are kept for one channel. `quantity` is what was set, `spent` what of it the channel has taken
 * into carts and orders since (what it gives back is no longer spent); the rest is fenced as far as there are units. A
 * lower `priority` is filled first.
 */
export type Quota = {
  readonly channel: string;
  readonly location: string;
  readonly quantity: number;
  readonly priority: number;
  readonly spent: number;
};

/** An open reservation as it stands after an event; `parts` say where each unit came from, `incoming` which have yet to come. */
export type Held = {
  readonly quantity: number;
  readonly parts: readonly {
    readonly location: string;
    readonly from: 'sellable' | `fenced:${string}`;
    readonly quantity: number;
  }[];
  readonly expiresAt: Instant;
  readonly listing?: string;
  readonly incoming?: readonly Backordered[];
};
