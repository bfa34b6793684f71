import type { AtpPolicy, ChannelPolicy } from '#atp';
import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import { supplyStatements } from './statements.js';

type ChannelRow = {
  readonly channel: string;
  readonly connection: string;
  readonly locations: readonly string[];
  readonly reservation_ttl_millis: number;
  readonly split_carts: boolean;
  readonly revision: number;
  readonly has_listings: boolean;
};

/** Every channel as the fold has it, and those that have listings. Few: all are read each time. */
export type Channels = {
  readonly policies: ReadonlyMap<string, ChannelPolicy>;
  readonly withListings: ReadonlySet<string>;
};

export const readChannels = async (session: Queryable): Promise<Channels> => {
  const rows = await run<ChannelRow>(session, supplyStatements['read-channels']);
  return {
    policies: new Map(rows.map((row) => [row.channel, policyOf(row)])),
    withListings: new Set(rows.filter((row) => row.has_listings).map(({ channel }) => channel)),
  };
};

const policyOf = (row: ChannelRow): ChannelPolicy => ({
  channel: row.channel,
  connection: row.connection,
  locations: row.locations,
  reservationTtlMillis: row.reservation_ttl_millis,
  splitCarts: row.split_carts,
  revision: row.revision,
});

export const atpPolicyOf = ({ policies }: Channels, channel: string): AtpPolicy | undefined => {
  const policy = policies.get(channel);
  return policy && { channel: policy, channels: policies };
};
