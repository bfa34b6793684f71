import type { Instant, Position, Revision } from '#event-sourcing';
import type { BundleContent, ChannelContent, ListingMapped, LocationContent, SkuPolicyContent } from '#policies';
import type { RunHeader } from '#observations';
import type { Backordered, Held, IncomingLine, Quota } from '#stock';
import type { Counts } from '../balances/counts.js';

/** A SKU's place in its stream before and after a batch. */
export type HeadChange = {
  readonly sku: string;
  /** The revision of the SKU's first event in the batch; the row must stand just before it. */
  readonly first: Revision;
  /** When that event was recorded: when the SKU was opened, if `first` is 0. */
  readonly firstRecordedAt: Instant;
  last: Revision;
  position: Position;
};

/** By how much the balances of a place change. `revision` is that of the last event that touched it. */
export type BalanceChange = {
  readonly sku: string;
  readonly location: string;
  readonly delta: Counts;
  revision: Revision;
};

/** By how many units the open reservations of a channel change. */
export type HeldChange = { readonly sku: string; readonly channel: string; delta: number };

/** By how many units a transfer under way changes, and where it goes, if that was said. */
export type TransitChange = { readonly sku: string; readonly transfer: string; destination: string; delta: number };

/** What is left of a reservation; without `held` it is gone. */
export type HoldChange = {
  readonly sku: string;
  readonly reservation: string;
  readonly channel: string;
  readonly held: Held | undefined;
  readonly revision: Revision;
};

/** Units that a line is owed and that no place covers; 0: none any more. */
export type OwedChange = {
  readonly sku: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly line: string;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placedAt: Instant;
  readonly revision: Revision;
};

/** A line of a purchase order as it was told last (null: cancelled), with what a batch says has arrived on it. */
export type IncomingChange = {
  readonly sku: string;
  readonly line: string;
  told?: IncomingLine | null;
  received: number;
  revision: Revision;
};

/** By how many units the promises change that order lines and carts have on a line of a purchase order. */
export type PledgeChange = { readonly sku: string; readonly incomingLine: string; delta: number };

/** All that an order line has been promised. */
export type PromiseChange = {
  readonly sku: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly line: string;
  readonly promises: readonly Backordered[];
  readonly paid: boolean;
  readonly placedAt: Instant;
  readonly revision: Revision;
};

/** A quota as it stands. */
export type QuotaChange = Quota & { readonly sku: string; readonly revision: Revision };

export type ListingChange = ListingMapped['data'] & { readonly stream: string; readonly revision: Revision };
export type ChannelChange = ChannelContent & { readonly revision: Revision };
export type LocationChange = LocationContent & { readonly revision: Revision };
export type BundleChange = BundleContent & { readonly revision: Revision; readonly position: Position };

export type SkuPolicyChange = SkuPolicyContent & { readonly revision: Revision };

/** A run of figures as it stands: what the list of those that wait shows. */
export type RunChange = Omit<RunHeader, 'basis'> & {
  readonly state: 'accepted' | 'held' | 'released' | 'rejected';
  /** Rows that wait for a person. */
  readonly waiting: number;
  /** Units by which its figures differed, and why it was held; undefined: as they stand in the row. */
  readonly judged: { readonly units: number; readonly reasons: readonly object[]; readonly at: Instant } | undefined;
  readonly revision: Revision;
};

/** Everything that a batch of events changes in the rows of the fold, each key once. */
export type FoldChanges = {
  readonly heads: Map<string, HeadChange>;
  readonly balances: Map<string, BalanceChange>;
  readonly holds: Map<string, HoldChange>;
  readonly held: Map<string, HeldChange>;
  readonly owed: Map<string, OwedChange>;
  readonly transit: Map<string, TransitChange>;
  readonly incoming: Map<string, IncomingChange>;
  readonly pledges: Map<string, PledgeChange>;
  readonly promises: Map<string, PromiseChange>;
  readonly quotas: Map<string, QuotaChange>;
  readonly listings: Map<string, ListingChange>;
  readonly channels: Map<string, ChannelChange>;
  readonly locations: Map<string, LocationChange>;
  readonly skuPolicies: Map<string, SkuPolicyChange>;
  readonly runs: Map<string, RunChange>;
  readonly bundles: Map<string, BundleChange>;
};

export const noChanges = (): FoldChanges => ({
  heads: new Map(),
  balances: new Map(),
  holds: new Map(),
  held: new Map(),
  owed: new Map(),
  transit: new Map(),
  incoming: new Map(),
  pledges: new Map(),
  promises: new Map(),
  quotas: new Map(),
  listings: new Map(),
  channels: new Map(),
  locations: new Map(),
  skuPolicies: new Map(),
  runs: new Map(),
  bundles: new Map(),
});

/** One string of several; codes never hold U+0000. */
export const keyOf = (...parts: readonly string[]): string => parts.join('\u0000');
