import type { BufferPolicy, ChannelPolicy, Share } from '#atp';

/** A channel as the API shows it. */
export type ChannelView = {
  readonly channel: string;
  readonly connection: string;
  readonly locations: readonly string[];
  readonly reservationTtlSeconds: number;
  readonly splitCarts: boolean;
  readonly buffer?: BufferPolicy;
  readonly cap?: Share;
  readonly revision: number;
};

export const channelView = (policy: ChannelPolicy): ChannelView => ({
  channel: policy.channel,
  connection: policy.connection,
  locations: policy.locations,
  reservationTtlSeconds: policy.reservationTtlMillis / 1000,
  splitCarts: policy.splitCarts,
  ...(policy.buffer && { buffer: policy.buffer }),
  ...(policy.cap && { cap: policy.cap }),
  revision: policy.revision,
});
