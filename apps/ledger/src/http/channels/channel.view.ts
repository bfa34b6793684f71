import type { BackorderPolicy, BufferPolicy, ChannelPolicy, PaymentClasses, Share } from '#atp';

/** A channel as the API shows it. */
export type ChannelView = {
  readonly channel: string;
  readonly connection: string;
  readonly locations: readonly string[];
  readonly reservationTtlSeconds: number;
  readonly splitCarts: boolean;
  readonly buffer?: BufferPolicy;
  readonly cap?: Share;
  readonly backorder?: BackorderPolicy;
  readonly paymentClasses?: PaymentClasses;
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
  ...(policy.backorder && { backorder: policy.backorder }),
  ...(policy.paymentClasses && { paymentClasses: policy.paymentClasses }),
  revision: policy.revision,
});
