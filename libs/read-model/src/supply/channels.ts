import { channelFor } from '#atp';
import type {
  AtpPolicy,
  BackorderPolicy,
  BufferPolicy,
  ChannelPolicy,
  LocationStanding,
  PaymentClasses,
  Share,
} from '#atp';
import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import type { SkuRow } from './sku-rows.js';
import { supplyStatements } from './statements.js';

type ChannelRow = {
  readonly channel: string;
  readonly connection: string;
  readonly locations: readonly string[];
  readonly reservation_ttl_millis: number;
  readonly split_carts: boolean;
  readonly buffer: BufferPolicy | null;
  readonly cap: Share | null;
  readonly backorder: BackorderPolicy | null;
  readonly payment_classes: PaymentClasses | null;
  readonly revision: number;
  readonly has_listings: boolean;
  readonly not_open: readonly (readonly [location: string, LocationStanding['state'], revision: number])[] | null;
};

/** Every channel as the fold has it, and those that have listings. Few: all are read each time. */
export type Channels = {
  readonly policies: ReadonlyMap<string, ChannelPolicy>;
  readonly withListings: ReadonlySet<string>;
  /** Locations that are not open. */
  readonly notOpen: ReadonlyMap<string, LocationStanding>;
};

export const readChannels = async (session: Queryable): Promise<Channels> => {
  const rows = await run<ChannelRow>(session, supplyStatements['read-channels']);
  return {
    policies: new Map(rows.map((row) => [row.channel, policyOf(row)])),
    withListings: new Set(rows.filter((row) => row.has_listings).map(({ channel }) => channel)),
    notOpen: new Map((rows[0]?.not_open ?? []).map(([location, state, revision]) => [location, { state, revision }])),
  };
};

/** Of the locations those that are not open are kept: few. */
export const isNotOpen = ({ state }: LocationStanding): boolean => state !== 'open';

const policyOf = (row: ChannelRow): ChannelPolicy => ({
  channel: row.channel,
  connection: row.connection,
  locations: row.locations,
  reservationTtlMillis: row.reservation_ttl_millis,
  splitCarts: row.split_carts,
  ...(row.buffer && { buffer: row.buffer }),
  ...(row.cap && { cap: row.cap }),
  ...(row.backorder && { backorder: row.backorder }),
  ...(row.payment_classes && { paymentClasses: row.payment_classes }),
  revision: row.revision,
});

export const atpPolicyOf = ({ policies, notOpen }: Channels, channel: string): AtpPolicy | undefined => {
  const policy = policies.get(channel);
  return policy && { channel: policy, channels: policies, locations: notOpen };
};

/** The policy as it is for one SKU, which may have terms of its own. */
export const policyFor = (policy: AtpPolicy, { sku, policy: own }: SkuRow): AtpPolicy => {
  if (own === null) return policy;
  const [channels, revision] = own;
  return { ...policy, channel: channelFor(policy.channel, { sku, channels, revision }) };
};
