import {
  availability,
  incomingOf,
  skuPolicyStream,
  type Availability,
  type ChannelPolicy,
  type EligibleIncoming,
} from '#atp';
import type { DecidedOn } from '../events.js';
import { supplyOf } from '../state/supply.js';
import type { Draft } from './draft.js';

/** What the channel may promise at this point of the decision. */
export const promisable = (draft: Draft, channel: ChannelPolicy): Availability =>
  availability(
    supplyOf(draft.state(), draft.now),
    { channel, channels: draft.policy.channels, locations: draft.policy.locations },
    draft.now,
  );

/** What of incoming units the channel may promise at this point of the decision. */
export const eligibleIncoming = (draft: Draft, channel: ChannelPolicy): readonly EligibleIncoming[] =>
  incomingOf(
    supplyOf(draft.state(), draft.now),
    { channel, channels: draft.policy.channels, locations: draft.policy.locations },
    draft.now,
  ).eligible;

/**
 * What the decision rested on: the revisions of the channel's policy, of its locations, and of the channels that owe into
 * its pool. Of the last two those at their first revision are left out: who is not named stood as it was defined. And of
 * what the SKU has of its own: where that is not named there was nothing.
 */
export const decidedOn = (draft: Draft, channel: ChannelPolicy, { atp, terms }: Availability): DecidedOn => {
  const { channels, locations, sku } = draft.policy;
  const policies: Record<string, number> = { [`policy-channel-${channel.channel}`]: channel.revision };
  for (const location of channel.locations) {
    const revision = locations.get(location)?.revision ?? 0;
    if (revision > 0) policies[`policy-location-${location}`] = revision;
  }
  for (const { term, channel: other } of terms) {
    if (term !== 'owed_unsourced' || other === undefined || other === channel.channel) continue;
    const revision = channels.get(other)?.revision ?? 0;
    if (revision > 0) policies[`policy-channel-${other}`] = revision;
  }
  if (sku !== undefined) policies[skuPolicyStream(sku.sku)] = sku.revision;
  return { atp, policies };
};
