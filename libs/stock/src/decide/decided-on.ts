import { availability, type Availability, type ChannelPolicy } from '#atp';
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

export const decidedOn = (channel: ChannelPolicy, { atp, terms }: Availability): DecidedOn => ({
  atp,
  policies: { [`policy-channel-${channel.channel}`]: channel.revision, ...notOpenIn(terms) },
});

/** Locations that were not open, where that made a difference. */
const notOpenIn = (terms: Availability['terms']): DecidedOn['policies'] => {
  const revisions: Record<string, number> = {};
  for (const { term, origin } of terms) if (term === 'not_open' && origin) revisions[origin.stream] = origin.revision;
  return revisions;
};
