import type { Instant } from '#event-sourcing';
import type { Part } from './parts.js';
import type { Backordered, Held, IncomingLine, LineStanding, OrderLine, Pledge, Quota } from './standing.js';

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

/**
 * What a decision rested on: the channel's atp at that moment and the revisions of the policies it read, by their streams.
 * Locations and other channels at revision 0 are left out.
 */
export type DecidedOn = { readonly atp: number; readonly policies: Readonly<Record<string, number>> };

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
