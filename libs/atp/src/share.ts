import type { ChannelPolicy, Origin, Share, SkuTerms } from './types.js';

/** All of something, in basis points. */
export const basisPointsOfAll = 10_000;

/** How many units a share of so many is. What is kept back is rounded up, what may be given is rounded down. */
export const unitsOf = (share: Share, of: number, round: 'up' | 'down'): number => {
  if ('units' in share) return share.units;
  const exact = (of * share.basisPoints) / basisPointsOfAll;
  const units = round === 'up' ? Math.ceil(exact) : Math.floor(exact);
  return Math.min(units, share.unitsMax ?? units);
};

/** Where a term of a channel's policy comes from: from the channel, unless the SKU has one of its own. */
export const channelOrigin = ({ channel, revision, overridden }: ChannelPolicy, term: keyof SkuTerms): Origin =>
  overridden?.[term] ?? { stream: `policy-channel-${channel}`, revision };
