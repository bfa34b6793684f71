import type { ChannelPolicy } from './types.js';

/**
 * Does `other` draw on a location of this channel? What it owes is then owed from the same pool. A channel whose policy
 * is not known counts as sharing: promising too little is the mistake that can be made good.
 */
export const sharesPool = (
  channel: ChannelPolicy,
  other: string,
  channels: ReadonlyMap<string, ChannelPolicy>,
): boolean => {
  if (other === channel.channel) return true;
  const policy = channels.get(other);
  return policy === undefined || policy.locations.some((location) => channel.locations.includes(location));
};
