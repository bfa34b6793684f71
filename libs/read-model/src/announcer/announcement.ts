import { availability } from '#atp';
import type { Instant } from '#event-sourcing';
import { atpPolicyOf, policyFor } from '../supply/channels.js';
import type { Channels } from '../supply/channels.js';
import { availabilityOfBundle, bundlePosition, bundlesHeldBy, bundlesHeldByListing } from '../supply/bundle-of.js';
import type { SuppliedBundle } from '../supply/bundle-rows.js';
import type { SkuRow } from '../supply/sku-rows.js';
import { heldBy, heldByListing, isSameHeld, supplyOf } from '../supply/supply-of.js';
import type { HeldByListing } from '../supply/supply-of.js';
import { channelsOf, channelsOfBundle } from './pairs.js';

/** What the world is told of a pair. `validUntil` is told to nobody: from then on the pair is due again. */
export type Figures = {
  readonly sku: string;
  readonly channel: string;
  readonly atp: number;
  readonly shown: number;
  readonly held: number;
  readonly heldByListing: HeldByListing;
  readonly state: string;
  readonly validUntil: Instant | undefined;
};
export type Announcement = Figures & { readonly position: number };

/** What a SKU's rows say now, for each channel that hears of it. The rows are read once and computed from once. */
export const figuresOf = (row: SkuRow, channels: Channels, told: readonly Figures[]): readonly Announcement[] => {
  const supply = supplyOf(row);
  const figures: Announcement[] = [];
  for (const channel of channelsOf(row, channels, told)) {
    const policy = atpPolicyOf(channels, channel);
    if (policy === undefined) continue;
    const { atp, shown, state, validUntil } = availability(supply, policyFor(policy, row), row.at);
    figures.push({
      sku: row.sku,
      channel,
      atp,
      shown,
      held: heldBy(row, channel),
      heldByListing: heldByListing(row, channel),
      state,
      validUntil,
      position: row.position,
    });
  }
  return figures;
};

/** The same of a bundle. One that has ended is worth nothing, to those who have heard of it. */
export const figuresOfBundle = (
  bundle: SuppliedBundle,
  channels: Channels,
  told: readonly Figures[],
): readonly Announcement[] => {
  const position = bundlePosition(bundle);
  const figures: Announcement[] = [];
  for (const channel of channelsOfBundle(bundle, channels, told)) {
    const policy = atpPolicyOf(channels, channel);
    if (policy === undefined) continue;
    const { atp, shown, state, validUntil } = availabilityOfBundle(bundle, policy);
    figures.push({
      sku: bundle.sku,
      channel,
      atp,
      shown,
      held: bundlesHeldBy(bundle, channel),
      heldByListing: bundlesHeldByListing(bundle, channel),
      state,
      validUntil,
      position,
    });
  }
  return figures;
};

/** Would the world hear anything new? */
export const isNews = (said: Figures, told: Figures | undefined): boolean =>
  said.atp !== told?.atp ||
  said.shown !== told.shown ||
  said.held !== told.held ||
  said.state !== told.state ||
  !isSameHeld(said.heldByListing, told.heldByListing);
