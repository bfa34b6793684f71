import { isOpen } from './open-locations.js';
import type { AtpPolicy } from './types.js';

/**
 * Does `other` draw on an open location of this channel? What it owes is then owed from the same pool; at a location that
 * is not open this channel has nothing to lose. A channel whose policy is not known counts as sharing: promising too
 * little is the mistake that can be made good.
 */
export const sharesPool = ({ channel, channels, locations: standings }: AtpPolicy, other: string): boolean => {
  if (other === channel.channel) return true;
  const policy = channels.get(other);
  if (policy === undefined) return true;
  return policy.locations.some((location) => channel.locations.includes(location) && isOpen(location, standings));
};
