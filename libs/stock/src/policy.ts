import type { ChannelPolicy, LocationPolicy } from '#atp';

/** The policies that decisions on any SKU rest on: small, whole, eventually consistent. */
export type StockPolicy = {
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  readonly locations: ReadonlyMap<string, LocationPolicy>;
};

/** People with the scope `ops`: they may adjust, count and move between buckets everywhere, and act for any channel. */
export const operator = 'operator';
