import {
  incomingOf,
  promisableOf,
  skuPolicyStream,
  type ChannelPolicy,
  type EligibleIncoming,
  type Promisable,
  type Term,
} from '#atp';
import type { DecidedOn } from '../events.js';
import type { StockPolicy } from '../policy.js';
import { supplyOf } from '../state/supply.js';
import type { Draft } from './draft.js';

/** What the channel may promise at this point of the decision. */
export const promisable = (draft: Draft, channel: ChannelPolicy): Promisable =>
  promisableOf(
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

type Revisions = DecidedOn['policies'];

const ownRevisions = (channel: ChannelPolicy, locations: StockPolicy['locations']): Revisions => {
  const policies: Record<string, number> = {};
  policies[`policy-channel-${channel.channel}`] = channel.revision;
  for (const location of channel.locations) {
    const revision = locations.get(location)?.revision ?? 0;
    if (revision > 0) policies[`policy-location-${location}`] = revision;
  }
  return policies;
};

type Remembered = { readonly locations: StockPolicy['locations']; readonly revisions: Revisions };
/** Policies change once in a million decisions: the names of a channel's streams are put together once, and shared. */
const remembered = new WeakMap<ChannelPolicy, Remembered>();

const revisionsOf = (channel: ChannelPolicy, locations: StockPolicy['locations']): Revisions => {
  const last = remembered.get(channel);
  if (last?.locations === locations) return last.revisions;
  const revisions = ownRevisions(channel, locations);
  remembered.set(channel, { locations, revisions });
  return revisions;
};

const isOfAnother = ({ term, channel: other }: Term, channel: ChannelPolicy): boolean =>
  term === 'owed_unsourced' && other !== channel.channel;

/**
 * What the decision rested on: the revisions of the channel's policy, of its locations, and of the channels that owe into
 * its pool. Of the last two those at their first revision are left out: who is not named stood as it was defined. And of
 * what the SKU has of its own: where that is not named there was nothing.
 */
export const decidedOn = (draft: Draft, channel: ChannelPolicy, { atp, terms }: Promisable): DecidedOn => {
  const { channels, locations, sku } = draft.policy;
  const own = revisionsOf(channel, locations);
  if (sku === undefined && !terms.some((term) => isOfAnother(term, channel))) return { atp, policies: own };
  const policies = { ...own };
  for (const term of terms) {
    if (!isOfAnother(term, channel) || term.channel === undefined) continue;
    const revision = channels.get(term.channel)?.revision ?? 0;
    if (revision > 0) policies[`policy-channel-${term.channel}`] = revision;
  }
  if (sku !== undefined) policies[skuPolicyStream(sku.sku)] = sku.revision;
  return { atp, policies };
};
