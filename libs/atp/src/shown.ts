import { channelOrigin, unitsOf } from './share.js';
import type { AvailabilityState, ChannelPolicy, ShownTerm } from './types.js';

const none: readonly ShownTerm[] = [];

/**
 * Why a channel shows less than it may promise: its soft buffer keeps units back from display, its cap is the most that
 * is shown. Nothing goes below 0; both are worked out of the pool, which is the same for whoever asks.
 */
export const shownTermsOf = (channel: ChannelPolicy, atp: number, pool: number): readonly ShownTerm[] => {
  const { buffer, cap } = channel;
  if (buffer?.effect !== 'soft' && cap === undefined) return none;
  const terms: ShownTerm[] = [];
  let shown = atp;
  const showAtMost = (term: ShownTerm['term'], most: number, of: 'buffer' | 'cap'): void => {
    if (most >= shown) return;
    terms.push({ term, quantity: most - shown, origin: channelOrigin(channel, of) });
    shown = most;
  };
  if (buffer?.effect === 'soft') showAtMost('soft_buffer', Math.max(0, atp - unitsOf(buffer, pool, 'up')), 'buffer');
  if (cap !== undefined) showAtMost('cap', unitsOf(cap, pool, 'down'), 'cap');
  return terms;
};

/** `now` of the atp is there already. */
export const stateOf = (atp: number, now: number, shown: number, isPreorder = false): AvailabilityState => {
  if (atp === 0) return 'out_of_stock';
  if (shown === 0) return 'limited';
  if (isPreorder) return 'preorder';
  return now === 0 ? 'backorder' : 'in_stock';
};
