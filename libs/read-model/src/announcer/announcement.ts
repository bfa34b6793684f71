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
  const { sku, position, at } = row;
  const hearing = channelsOf(
    row,
    channels,
    told.map(({ channel }) => channel),
  );
  return hearing.flatMap((channel) => {
    const policy = atpPolicyOf(channels, channel);
    if (policy === undefined) return [];
    const { atp, shown, state, validUntil } = availability(supply, policyFor(policy, row), at);
    const held = { held: heldBy(row, channel), heldByListing: heldByListing(row, channel) };
    return [{ sku, channel, atp, shown, ...held, state, validUntil, position }];
  });
};

/** The same of a bundle. One that has ended is worth nothing, to those who have heard of it. */
export const figuresOfBundle = (
  bundle: SuppliedBundle,
  channels: Channels,
  told: readonly Figures[],
): readonly Announcement[] => {
  const position = bundlePosition(bundle);
  const hearing = channelsOfBundle(
    bundle,
    channels,
    told.map(({ channel }) => channel),
  );
  return hearing.flatMap((channel) => {
    const policy = atpPolicyOf(channels, channel);
    if (policy === undefined) return [];
    const { atp, shown, state, validUntil } = availabilityOfBundle(bundle, policy);
    const held = { held: bundlesHeldBy(bundle, channel), heldByListing: bundlesHeldByListing(bundle, channel) };
    return [{ sku: bundle.sku, channel, atp, shown, ...held, state, validUntil, position }];
  });
};

/** Would the world hear anything new? */
export const isNews = (said: Figures, told: Figures | undefined): boolean =>
  said.atp !== told?.atp ||
  said.shown !== told.shown ||
  said.held !== told.held ||
  said.state !== told.state ||
  !isSameHeld(said.heldByListing, told.heldByListing);
