import type { Channels } from '../supply/channels.js';
import type { SkuRow } from '../supply/sku-rows.js';

/**
 * The channels that hear of a SKU: those that list it; those without any listing at all, where it was ever held at one of
 * their locations; and whoever has heard of it before, so that no figure out there is left to go stale.
 */
export const channelsOf = (row: SkuRow, channels: Channels, told: readonly string[]): readonly string[] => {
  const hearing = new Set<string>([...row.listed_by, ...told]);
  for (const [channel, { locations }] of channels.policies) {
    if (channels.withListings.has(channel)) continue;
    if (row.balances?.some(([location]) => locations.includes(location))) hearing.add(channel);
  }
  return [...hearing].filter((channel) => channels.policies.has(channel));
};
