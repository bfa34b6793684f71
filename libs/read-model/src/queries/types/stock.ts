import type { Instant, Position, Revision } from '#event-sourcing';
import type { QuotaStanding } from '#stock';
import type { OversoldLine } from './oversold.js';

/** What is at a place. `onHand` is the sum of the buckets; `fenced` names only channels with units. */
export type Buckets = {
  readonly onHand: number;
  readonly sellable: number;
  readonly reserved: number;
  readonly committed: number;
  readonly quarantined: number;
  readonly damaged: number;
  readonly fenced: Readonly<Record<string, number>>;
};

export type LocationBalance = Buckets & {
  readonly location: string;
  /** The event of the SKU's stream that last changed these numbers. */
  readonly revision: Revision;
};

/** A SKU as it stands. `openHolds` counts those that have not expired at `at`. */
export type SkuStock = {
  readonly sku: string;
  readonly at: Instant;
  readonly revision: Revision;
  readonly position: Position;
  readonly openedAt: Instant;
  readonly locations: readonly LocationBalance[];
  readonly onHand: number;
  readonly openHolds: number;
  readonly heldUnits: number;
  readonly oversold: number;
  readonly oversoldLines: readonly OversoldLine[];
  /** Those that were set, in the order in which they are filled. */
  readonly quotas: readonly QuotaStanding[];
};
