import type { Instant, Revision } from '#event-sourcing';
import type { LocationPolicy } from '#atp';

/** Units of an order line that are owed and that no place covers. */
export type OversoldLine = {
  readonly sku: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly line: string;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placedAt: Instant;
  readonly revision: Revision;
};

/** Locations, and transfers, that an oversold line lists. */
export const coverPlacesMax = 20;

/**
 * Where units of a SKU are that could cover what is owed: to be re-sourced from a place that the channel does not sell from,
 * sold again when a place is opened, or found usable after all. The sweeper serves from the channel's open places by itself.
 */
export type CoverPlace = {
  readonly location: string;
  readonly state: LocationPolicy['state'];
  /** Does the channel sell from there? */
  readonly ofChannel: boolean;
  readonly sellable: number;
  readonly quarantined: number;
};

/** Units that have left one location and not arrived at another. */
export type CoverTransfer = { readonly transfer: string; readonly to: string; readonly quantity: number };

/** Of each those with the most units first, at most `coverPlacesMax`. */
export type CoverableLine = OversoldLine & {
  readonly places: readonly CoverPlace[];
  readonly transfers: readonly CoverTransfer[];
};
