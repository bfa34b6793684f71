import type { Instant, Revision } from '#event-sourcing';
import type { ChannelPolicy, LocationPolicy } from '#atp';

export type ListingRow = {
  readonly channel: string;
  readonly product: string;
  readonly variant?: string;
  readonly sku: string;
  readonly unitsPerSale: number;
  readonly revision: Revision;
};

export type ChannelRow = ChannelPolicy;

export type LocationRow = LocationPolicy;

export const runStates = ['accepted', 'held', 'released', 'rejected'] as const;

/** A run of figures as it was judged. `waiting`: rows that a person has yet to release or reject. */
export type RunRow = {
  readonly connection: string;
  readonly run: string;
  readonly location: string;
  readonly asOf: Instant;
  readonly kind: string;
  readonly rowCount: number;
  readonly units: number;
  readonly reasons: readonly object[];
  readonly judgedAt: Instant;
  readonly state: (typeof runStates)[number];
  readonly waiting: number;
};
