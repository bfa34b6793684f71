import type { Instant } from '#event-sourcing';
import type { Part } from './parts.js';

/**
 * Every event on `stock-<SKU>`. Past tense; each can be read alone: the parts that it moves, and what it leaves behind
 * (`stands`, `held`, `line`) are in it, so evolve never computes what decide decided.
 *
 * Quantities are safe integers in the SKU's base unit. Instants are RFC 3339, UTC, milliseconds.
 */

/** Kinds of fact; each has exactly one author connection per location. `ordered` belongs to the channel's connection. */
export type FactKind =
  | 'receipt'
  | 'issue'
  | 'return'
  | 'adjustment'
  | 'count'
  | 'transfer'
  | 'bucket_change'
  | 'assembly'
  | 'incoming'
  | 'ordered';

/**
 * The fact that an event reports. (connection, kind, sourceKey) is its key, `version` grows with every correction, `hash`
 * is the digest of the fact's content, `corrects` the version that stood before. `stands` are the parts in force now:
 * what a further correction takes as its base; left out when they equal the event's own parts.
 */
export type Fact = {
  readonly connection: string;
  readonly kind: FactKind;
  readonly sourceKey: string;
  readonly version: number;
  readonly hash: string;
  readonly corrects?: number;
  readonly stands?: readonly Part[];
  /** What reports of several connections are matched by. */
  readonly document?: string;
};

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
 * What a decision rested on: the channel's atp at that moment and the revisions of the policies it read, by their streams.
 * Locations and other channels at revision 0 are left out.
 */
export type DecidedOn = { readonly atp: number; readonly policies: Readonly<Record<string, number>> };

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

export type ReleaseReason = 'released' | 'expired' | 'undone' | 'order_placed';

type Event<Type extends string, Data> = { readonly type: Type; readonly data: Data; readonly occurredAt: Instant };
/**
 * `quotas`: those whose fenced units the parts have moved to or from a cart or an order, as they stand after it. `pledges`:
 * what the event changes of the promises on units that are incoming.
 */
type Movement = {
  readonly parts: readonly Part[];
  readonly quotas?: readonly Quota[];
  readonly pledges?: readonly Pledge[];
};
/** `late`: older than the movements that the state keeps (72 h); it revises no count. */
type Reported = Movement & { readonly fact: Fact; readonly late?: true };

export type StockReceived = Event<
  'StockReceived',
  Reported & {
    readonly incomingLine?: string;
    /** What has arrived on lines of purchase orders by it; a correction takes back what its last version had said. */
    readonly arrived?: readonly Pledge[];
  }
>;
export type StockIssued = Event<'StockIssued', Reported & { readonly order?: OrderLine; readonly line?: LineStanding }>;
export type Disposition = 'sellable' | 'quarantined' | 'damaged' | 'scrapped';
export type StockReturned = Event<
  'StockReturned',
  Reported & { readonly disposition: Disposition; readonly order?: OrderLine; readonly line?: LineStanding }
>;
/** `shortPicked`: what of it explains units that a pick did not find (`taken`), and how many of those are left there. */
export type StockAdjusted = Event<
  'StockAdjusted',
  Reported & {
    readonly reason: string;
    readonly shortPicked?: { readonly location: string; readonly taken: number; readonly left: number };
  }
>;
/**
 * What a figure includes: `on_hand` all buckets; `usable` sellable, reserved, fenced and committed; `free` usable less the
 * committed units that its connection has acknowledged; `sellable`.
 */
export type Basis = 'on_hand' | 'usable' | 'free' | 'sellable';
/** Those that the state can tell of a moment that has passed. */
export type TellableBasis = Exclude<Basis, 'sellable'>;
export type StockCounted = Event<
  'StockCounted',
  Reported & {
    readonly location: string;
    readonly asOf: Instant;
    readonly basis: TellableBasis;
    readonly observed: number;
    readonly expected: number;
    readonly difference: number;
  }
>;
/**
 * A machine's figure that differs from the ledger, or agrees again after one that did. `not_confirmed`: the first that
 * says so; `posting_lag`: its source may not have posted yet what has moved; `confirmed`: a later figure of the same
 * source shows the same difference; `released`: a person says so. Only what is `posted` moves units.
 */
export type StockObserved = Event<
  'StockObserved',
  Reported & {
    readonly location: string;
    readonly asOf: Instant;
    readonly basis: TellableBasis;
    readonly observed: number;
    readonly expected: number;
    readonly difference: number;
    readonly conclusion: 'agreed' | 'inconclusive' | 'posted';
    readonly reason: 'withdrawn' | 'not_confirmed' | 'posting_lag' | 'confirmed' | 'released';
  }
>;
/** A movement arrived that had happened before a count: the count had seen it. `asOf` names that count's moment. */
export type CountRevised = Event<
  'CountRevised',
  Movement & {
    readonly location: string;
    readonly asOf: Instant;
    /** The fact key of the count, and of the movement that caused this. */
    readonly count: string;
    readonly causedBy: string;
  }
>;
export type StockMovedBetweenBuckets = Event<'StockMovedBetweenBuckets', Reported & { readonly reason: string }>;
/** Of an assembly: units that went into what was made (`consumed`), or that were made (`produced`). */
export type AssemblyRole = 'consumed' | 'produced';
export type StockAssembled = Event<
  'StockAssembled',
  Reported & { readonly assembly: string; readonly role: AssemblyRole }
>;
export type TransferDispatched = Event<
  'TransferDispatched',
  Reported & { readonly transfer: string; readonly to: string }
>;
export type TransferReceived = Event<'TransferReceived', Reported & { readonly transfer: string }>;
export type TransferClosed = Event<'TransferClosed', Reported & { readonly transfer: string; readonly lost: number }>;

export type StockReserved = Event<
  'StockReserved',
  Movement & {
    readonly reservation: string;
    readonly channel: string;
    readonly requested: number;
    readonly held: Held;
    readonly decidedOn: DecidedOn;
  }
>;
/** Units go back to where they came from. `held` is what is left (undefined: the reservation is gone). */
export type ReservationReleased = Event<
  'ReservationReleased',
  Movement & {
    readonly reservation: string;
    readonly channel: string;
    readonly reason: ReleaseReason;
    readonly held?: Held;
    /** The command that this release takes back; its id is decided anew. */
    readonly undoes?: string;
  }
>;
/** The new deadline of a reservation; moves nothing. */
export type ReservationExtended = Event<
  'ReservationExtended',
  Movement & { readonly reservation: string; readonly channel: string; readonly held: Held }
>;
export type CommitmentChanged = Event<
  'CommitmentChanged',
  Movement & {
    readonly order: OrderLine;
    readonly line: LineStanding;
    /** The reservation that the order consumed, and what it leaves of it for a split cart (undefined: gone). */
    readonly consumed?: { readonly reservation: string; readonly quantity: number; readonly held?: Held };
    readonly decidedOn: DecidedOn;
  }
>;
export type MoveReason = 'oversold_served' | 'resourced' | 'short_pick' | 'location_closed';
export type CommitmentMoved = Event<
  'CommitmentMoved',
  Movement & {
    readonly order: OrderLine;
    readonly line: LineStanding;
    readonly from: string;
    readonly to: string;
    readonly quantity: number;
    readonly reason: MoveReason;
    /** The first ones do not say. */
    readonly decidedOn?: DecidedOn;
  }
>;
export type Acknowledgement = 'sent' | 'acknowledged' | 'refused';
export type CommitmentAcknowledged = Event<
  'CommitmentAcknowledged',
  Movement & {
    readonly order: OrderLine;
    readonly line: LineStanding;
    readonly connection: string;
    readonly location: string;
    readonly quantity: number;
    readonly state: Acknowledgement;
  }
>;
/** Units were ordered from a supplier. */
export type IncomingExpected = Event<'IncomingExpected', Reported & { readonly incoming: IncomingLine }>;
/** What was told of a line is another now, all of it. */
export type IncomingRevised = Event<'IncomingRevised', Reported & { readonly incoming: IncomingLine }>;
/** Nothing (more) will come on that line. */
export type IncomingCancelled = Event<
  'IncomingCancelled',
  Reported & { readonly incomingLine: string; readonly location: string }
>;
type OfBackorder = Movement & { readonly order: OrderLine; readonly line: LineStanding; readonly quantity: number };
/** Units of an order line wait for a line of a purchase order; the customer was told `date`. */
export type BackorderPromised = Event<'BackorderPromised', OfBackorder & Omit<Backordered, 'quantity'>>;
/** Promised units are there: they are committed at a location. */
export type BackorderFilled = Event<
  'BackorderFilled',
  OfBackorder & Omit<Backordered, 'quantity'> & { readonly location: string }
>;
/** A promise waits for another line, because its own will not bring the units in time. The date stays. */
export type BackorderMoved = Event<
  'BackorderMoved',
  OfBackorder & { readonly from: string; readonly to: string; readonly date: Instant }
>;
/** The order line no longer wants what it was promised. */
export type BackorderDropped = Event<'BackorderDropped', OfBackorder & Omit<Backordered, 'quantity'>>;
/** So many units of a location are to be kept for a channel from now on; what it has spent before does not count. */
export type QuotaSet = Event<
  'QuotaSet',
  Movement & {
    readonly channel: string;
    readonly location: string;
    readonly quantity: number;
    readonly priority: number;
  }
>;
type OfQuota = Movement & { readonly channel: string; readonly location: string; readonly quantity: number };
/** Free units of the location are fenced for the channel. */
export type QuotaFilled = Event<'QuotaFilled', OfQuota>;
/** `lowered`: more was fenced than the quota has left. `short`: the location lacks units that it had fenced. */
export type QuotaReturned = Event<'QuotaReturned', OfQuota & { readonly reason: 'lowered' | 'short' }>;
export type WitnessedKind = 'receipt' | 'issue' | 'return' | 'adjustment' | 'transfer_dispatch' | 'transfer_receipt';
/**
 * A fact of a connection that is not its author here, as it was said: it is compared with the author's, and moves nothing.
 * `units`: by how much on hand would change at the location. `order` names the line that it speaks of, which it leaves as
 * it is.
 */
export type WitnessRecorded = Event<
  'WitnessRecorded',
  Movement & {
    readonly fact: Fact;
    readonly kind: WitnessedKind;
    readonly location: string;
    readonly units: number;
    readonly order?: OrderLine;
  }
>;
/** A request that changed nothing leaves its id, so that it answers the same when it comes again. */
export type RequestNoted = Event<'RequestNoted', Movement & { readonly request: string; readonly channel: string }>;

export type StockEvent =
  | StockReceived
  | StockIssued
  | StockReturned
  | StockAdjusted
  | StockCounted
  | StockObserved
  | CountRevised
  | StockMovedBetweenBuckets
  | StockAssembled
  | TransferDispatched
  | TransferReceived
  | TransferClosed
  | StockReserved
  | ReservationReleased
  | ReservationExtended
  | CommitmentChanged
  | CommitmentMoved
  | CommitmentAcknowledged
  | IncomingExpected
  | IncomingRevised
  | IncomingCancelled
  | BackorderPromised
  | BackorderFilled
  | BackorderMoved
  | BackorderDropped
  | QuotaSet
  | QuotaFilled
  | QuotaReturned
  | WitnessRecorded
  | RequestNoted;
