import type { Channels } from '../supply/channels.js';
import { componentRows } from '../supply/bundle-of.js';
import type { SuppliedBundle } from '../supply/bundle-rows.js';
import type { SkuRow } from '../supply/sku-rows.js';

/** A pair of the SKU that the world has heard of. */
type Told = { readonly channel: string };

/**
 * The channels that hear of a SKU: those that list it; those without any listing at all, where it was ever held or
 * is expected at one of their locations; and whoever has heard of it before, so that no figure out there is left to go stale.
 */
export const channelsOf = (row: SkuRow, channels: Channels, told: readonly Told[]): readonly string[] =>
  hearing(row.listed_by, told, channels, (locations) => isKnownAt(row, locations));

/** Of a bundle: as of a SKU, but those without any listing hear of it where they hear of all its components. */
export const channelsOfBundle = (
  bundle: SuppliedBundle,
  channels: Channels,
  told: readonly Told[],
): readonly string[] => {
  const rows = componentRows(bundle);
  const isWhole = rows.length > 0 && rows.length === bundle.components.length;
  return hearing(
    bundle.listed_by,
    told,
    channels,
    (locations) => isWhole && rows.every((row) => isKnownAt(row, locations)),
  );
};

const isKnownAt = ({ balances, incoming }: SkuRow, locations: readonly string[]): boolean =>
  (balances ?? []).some(([location]) => locations.includes(location)) ||
  (incoming ?? []).some(([, location]) => locations.includes(location));

const hearing = (
  listedBy: readonly string[],
  told: readonly Told[],
  channels: Channels,
  sells: (locations: readonly string[]) => boolean,
): readonly string[] => {
  const all = new Set(listedBy);
  for (const { channel } of told) all.add(channel);
  for (const [channel, { locations }] of channels.policies)
    if (!channels.withListings.has(channel) && sells(locations)) all.add(channel);
  return [...all].filter((channel) => channels.policies.has(channel));
};
