import type { ChannelPolicy, Origin, SkuPolicy, SkuTerms } from './types.js';

/** The stream of a SKU's own terms: `policy-sku-<SKU>`. */
export const skuPolicyStream = (sku: string): string => `policy-sku-${sku}`;

const ownTerms = ({ channels }: SkuPolicy, channel: string): SkuTerms | undefined =>
  Object.hasOwn(channels, channel) ? channels[channel] : undefined;

const withOwn = (channel: ChannelPolicy, own: SkuTerms, origin: Origin): ChannelPolicy => {
  const { buffer: _buffer, cap: _cap, backorder: _backorder, ...rest } = channel;
  const { preorder } = own;
  const { buffer = channel.buffer, cap = channel.cap, backorder = channel.backorder } = own;
  return {
    ...rest,
    ...(buffer && { buffer }),
    ...(cap && { cap }),
    ...(backorder && backorder !== 'never' && { backorder }),
    ...(preorder && { preorder }),
    overridden: {
      ...(own.buffer && { buffer: origin }),
      ...(own.cap && { cap: origin }),
      ...(own.backorder && { backorder: origin }),
      ...(preorder && { preorder: origin }),
    },
  };
};

/**
 * A channel as it is for one SKU: each term that the SKU has of its own stands in the place of the channel's, and says where
 * it comes from. The very same channel where the SKU has none.
 */
export const channelFor = (channel: ChannelPolicy, sku: SkuPolicy | undefined): ChannelPolicy => {
  if (sku === undefined) return channel;
  const own = ownTerms(sku, channel.channel);
  if (own === undefined) return channel;
  return withOwn(channel, own, { stream: skuPolicyStream(sku.sku), revision: sku.revision });
};

/** All channels as they are for one SKU; see `channelFor`. */
export const channelsFor = (
  channels: ReadonlyMap<string, ChannelPolicy>,
  sku: SkuPolicy,
): ReadonlyMap<string, ChannelPolicy> =>
  new Map([...channels].map(([code, channel]) => [code, channelFor(channel, sku)]));
