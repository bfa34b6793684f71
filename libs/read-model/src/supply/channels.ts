import { channelFor } from '#atp';
import type {
  AtpPolicy,
  BackorderPolicy,
  BufferPolicy,
  ChannelPolicy,
  DispatchPolicy,
  LocationStanding,
  PaymentClasses,
  Share,
} from '#atp';
import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import type { SkuRow } from './sku-rows.js';
import { supplyStatements } from './statements.js';

type StandingTuple = readonly [
  location: string,
  state: LocationStanding['state'],
  revision: number,
  dispatch: DispatchPolicy | null,
];

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
  readonly standings: readonly StandingTuple[] | null;
};

/** Every channel as the fold has it, and those that have listings. Few: all are read each time. */
export type Channels = {
  readonly policies: ReadonlyMap<string, ChannelPolicy>;
  readonly withListings: ReadonlySet<string>;
  /** Locations that are not open or say when units leave them. */
  readonly standings: ReadonlyMap<string, LocationStanding>;
};

export const readChannels = async (session: Queryable): Promise<Channels> => {
  const rows = await run<ChannelRow>(session, supplyStatements['read-channels']);
  return {
    policies: new Map(rows.map((row) => [row.channel, policyOf(row)])),
    withListings: new Set(rows.filter((row) => row.has_listings).map(({ channel }) => channel)),
    standings: new Map((rows[0]?.standings ?? []).map(standingOf)),
  };
};

const standingOf = ([location, state, revision, dispatch]: StandingTuple): [string, LocationStanding] => [
  location,
  { state, revision, ...(dispatch && { dispatch }) },
];

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

/** As the world hears of them: it is told no days of dispatch, and nothing to announce changes at a cut-off. */
export const withoutDispatch = (channels: Channels): Channels => ({
  ...channels,
  standings: new Map([...channels.standings].map(([location, { state, revision }]) => [location, { state, revision }])),
});

export const atpPolicyOf = ({ policies, standings }: Channels, channel: string): AtpPolicy | undefined => {
  const policy = policies.get(channel);
  return policy && { channel: policy, channels: policies, locations: standings };
};

/** The policy as it is for one SKU, which may have terms of its own. */
export const policyFor = (policy: AtpPolicy, { sku, policy: own }: SkuRow): AtpPolicy => {
  if (own === null) return policy;
  const [channels, revision] = own;
  return { ...policy, channel: channelFor(policy.channel, { sku, channels, revision }) };
};
