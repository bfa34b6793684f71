import type { ChannelPolicy, LocationPolicy, SkuPolicy } from '#atp';

/** The policies that decisions on a SKU rest on: small, whole, eventually consistent. */
export type StockPolicy = {
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  readonly locations: ReadonlyMap<string, LocationPolicy>;
  /** What the SKU has of its own; `channels` say it already. */
  readonly sku?: SkuPolicy;
};

/** People with the scope `ops`: they may adjust, count and move between buckets everywhere, and act for any channel. */
export const operator = 'operator';
