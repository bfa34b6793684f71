import { availability, type Availability, type ChannelPolicy } from '#atp';
import type { DecidedOn } from '../events.js';
import { supplyOf } from '../state/supply.js';
import type { Draft } from './draft.js';

/** What the channel may promise at this point of the decision. */
export const promisable = (draft: Draft, channel: ChannelPolicy): Availability =>
  availability(supplyOf(draft.state(), draft.now), { channel, channels: draft.policy.channels }, draft.now);

export const decidedOn = (channel: ChannelPolicy, { atp }: Availability): DecidedOn => ({
  atp,
  policies: { [`policy-channel-${channel.channel}`]: channel.revision },
});
