import type { Instant } from '#event-sourcing';
import type { Acknowledgement, AssemblyRole, Basis, Disposition } from './events.js';
import type { OrderLine } from './standing.js';
import type { Bucket } from './parts.js';

/**
 * What may be asked of one SKU. Facts are reported and never refused for quantity; requests may be. Quantities are safe
 * integers in base units, up to `quantityMax`. `connection` is the principal who says so. A command is exactly what the
 * caller sent: time, policies and what is known of forgotten keys come beside it.
 */

/** Of every fact: stable id of the line in its system, and a version that grows with each correction. */
export type Reporting = {
  readonly connection: string;
  readonly sourceKey: string;
  readonly sourceVersion: number;
  readonly occurredAt: Instant;
  /** The document that it belongs to, by which reports of several connections are matched: a delivery note, a tracking number. */
  readonly document?: string;
  /** SHA-256 (hex) of the canonical JSON of `factContentOf(command)`, computed by the edge. */
  readonly hash: string;
};

export type ReceiveStock = Reporting & {
  readonly kind: 'receipt';
  readonly location: string;
  /** 0 voids the fact. */
  readonly quantity: number;
  readonly bucket: 'sellable' | 'quarantined' | 'damaged';
  readonly incomingLine?: string;
};
export type IssueStock = Reporting & {
  readonly kind: 'issue';
  readonly location: string;
  readonly quantity: number;
  readonly order?: OrderLine;
};
export type ReturnStock = Reporting & {
  readonly kind: 'return';
  readonly location: string;
  readonly quantity: number;
  readonly disposition: Disposition;
  readonly order?: OrderLine;
};
export type AdjustStock = Reporting & {
  readonly kind: 'adjustment';
  readonly location: string;
  /** Signed: what is added to (below 0: taken from) the bucket. 0 voids the fact. */
  readonly quantity: number;
  readonly bucket: 'sellable' | 'quarantined' | 'damaged';
  readonly reason: string;
};
export type CountStock = Reporting & {
  readonly kind: 'count';
  readonly location: string;
  readonly asOf: Instant;
  readonly basis: Basis;
  readonly observed: number;
};
/**
 * A machine's absolute figure of a location. It is never corrected: its source's next figure is the correction.
 * `released`: a person has looked at it, and it is posted at once.
 */
export type ObserveStock = Reporting & {
  readonly kind: 'observation';
  readonly sourceVersion: 1;
  readonly location: string;
  readonly asOf: Instant;
  readonly basis: Basis;
  readonly observed: number;
  readonly released?: true;
};
export type MoveBetweenBuckets = Reporting & {
  readonly kind: 'bucket_change';
  readonly location: string;
  readonly from: Extract<Bucket, 'sellable' | 'quarantined' | 'damaged'>;
  readonly to: Extract<Bucket, 'sellable' | 'quarantined' | 'damaged'>;
  readonly quantity: number;
  readonly reason: string;
};
export type DispatchTransfer = Reporting & {
  readonly kind: 'transfer_dispatch';
  readonly transfer: string;
  readonly location: string;
  readonly to: string;
  readonly quantity: number;
};
export type ReceiveTransfer = Reporting & {
  readonly kind: 'transfer_receipt';
  readonly transfer: string;
  readonly location: string;
  readonly quantity: number;
};
export type CloseTransfer = Reporting & {
  readonly kind: 'transfer_close';
  readonly transfer: string;
  /** The sending location, whose author closes; `lost` is what never arrived. */
  readonly location: string;
  readonly lost: number;
};

/** Units were ordered from a supplier; `sourceKey` is the line of the purchase order, which receipts name. */
export type ExpectIncoming = Reporting & {
  readonly kind: 'incoming';
  /** Where they will arrive. */
  readonly location: string;
  /** Ordered in all; 0 cancels the line. */
  readonly quantity: number;
  readonly orderedAt: Instant;
  /** Left out: nobody knows. Not before `orderedAt`. */
  readonly eta?: Instant;
  readonly confirmed: boolean;
  /** The share that is counted on, in basis points; all of it when left out. */
  readonly confidence?: number;
};

/** What an assembly took of this SKU, or made of it; its key is the fact's, so that each SKU has one of it. */
export type AssembleStock = Reporting & {
  readonly kind: 'assembly';
  readonly location: string;
  readonly role: AssemblyRole;
  readonly quantity: number;
};

export type FactCommand =
  | ReceiveStock
  | IssueStock
  | ReturnStock
  | AdjustStock
  | CountStock
  | ObserveStock
  | MoveBetweenBuckets
  | AssembleStock
  | DispatchTransfer
  | ReceiveTransfer
  | CloseTransfer
  | ExpectIncoming;

/** Sets (never adds) what a cart holds of this SKU. The reservation's key is `<channel>:<cart>`. */
export type Reserve = {
  readonly kind: 'reserve';
  readonly connection: string;
  readonly channel: string;
  readonly cart: string;
  readonly quantity: number;
  /** 1 s to 7 d; left out: the channel's. */
  readonly ttlMillis?: number;
  readonly listing?: string;
  /** Take what there is instead of refusing. */
  readonly partial?: boolean;
};
export type ExtendReservation = {
  readonly kind: 'extend';
  readonly connection: string;
  readonly channel: string;
  readonly cart: string;
  readonly ttlMillis?: number;
};
export type ReleaseReservation = {
  readonly kind: 'release';
  readonly connection: string;
  readonly channel: string;
  readonly cart: string;
};
/** Sets the hold of a cart back to what it was before `undoes`, when another line of the same cart was refused. */
export type UndoReservation = {
  readonly kind: 'undo';
  readonly connection: string;
  readonly channel: string;
  readonly cart: string;
  readonly undoes: string;
  readonly quantity: number;
  readonly expiresAt?: Instant;
};

/** What an order wants of this SKU, cumulative and whole, per line. See OrderTargetsSet in libs/orders. */
export type TargetLine = {
  readonly line: string;
  /** The order stream's revision at which this line's target last changed. */
  readonly version: number;
  readonly ordered: number;
  readonly promised: number;
  readonly baselineIssued: number;
  readonly baselineReturned: number;
  /** Cumulative, only where the channel's connection is author of issues / of returns. */
  readonly shipped?: number;
  readonly restocked?: number;
  /** Refunded before issue without restock: goes to quarantine instead of sellable. */
  readonly withheld: number;
  readonly location?: string;
  readonly paid: boolean;
};
export type SetOrderTarget = {
  readonly kind: 'order_target';
  readonly connection: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly placedAt: Instant;
  /** When the snapshot's change happened out there: what events of this command carry as occurredAt. */
  readonly occurredAt: Instant;
  readonly reservation?: string;
  readonly lines: readonly TargetLine[];
};
/** Re-sourcing: committed units of a line move from one location to another. Places may be `unsourced:<channel>`. */
export type MoveCommitment = {
  readonly kind: 'move_commitment';
  readonly connection: string;
  readonly order: OrderLine;
  readonly from: string;
  /** Left out: wherever the channel's order of taking finds them, `from` excepted; what no place covers is owed. */
  readonly to?: string;
  readonly quantity: number;
  readonly reason: 'resourced' | 'short_pick' | 'location_closed';
};
export type AcknowledgeCommitment = {
  readonly kind: 'acknowledge_commitment';
  readonly connection: string;
  readonly order: OrderLine;
  readonly location: string;
  readonly quantity: number;
  readonly state: Acknowledgement;
  /** When it happened out there; left out: now. */
  readonly occurredAt?: Instant;
};
/** So many units of a location are to be fenced for a channel; those that a lower `priority` lacks are fenced first. 0: none. */
export type SetQuota = {
  readonly kind: 'set_quota';
  readonly connection: string;
  readonly channel: string;
  readonly location: string;
  readonly quantity: number;
  /** 0 to `quotaPriorityMax`. */
  readonly priority: number;
};
/** The sweeper's: ends expired holds and serves oversold units that free stock covers, a bounded number at a time. */
export type Sweep = { readonly kind: 'sweep'; readonly connection: string };

export type StockCommand =
  | FactCommand
  | Reserve
  | ExtendReservation
  | ReleaseReservation
  | UndoReservation
  | SetOrderTarget
  | MoveCommitment
  | AcknowledgeCommitment
  | SetQuota
  | Sweep;
