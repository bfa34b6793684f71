import { openOnes } from './open-locations.js';
import { channelOrigin } from './share.js';
import type {
  AtpPolicy,
  ChannelPolicy,
  EligibleIncoming,
  LocationShare,
  PreorderPolicy,
  Supply,
  Term,
} from './types.js';

/**
 * Before its release a SKU is sold by its pre-order alone: from the opening on so many units, for the day of the release,
 * whatever is there or on its way. What is there already is promised to nobody else until then.
 */
export const preorderAt = ({ preorder }: ChannelPolicy, now: string): PreorderPolicy | undefined =>
  preorder !== undefined && now < preorder.releaseAt ? preorder : undefined;

/** The line that units are promised on in place of one of a purchase order; no source key starts with `$`. */
export const preorderLine = (channel: string): string => `$preorder:${channel}`;
export const isPreorderLine = (line: string): boolean => line.startsWith('$preorder:');

const soldOf = (supply: Supply, channel: string): number => {
  const line = preorderLine(channel);
  const sold = (supply.preordered ?? []).find((one) => one.line === line);
  return sold === undefined ? 0 : sold.filled + sold.pledged;
};

/** The units that may still be pre-ordered, at the first open location of the channel; none before the opening. */
export const preorderEligible = (
  supply: Supply,
  { channel, locations }: AtpPolicy,
  { opensAt, releaseAt, unitsMax }: PreorderPolicy,
  now: string,
): readonly EligibleIncoming[] => {
  const units = now < opensAt ? 0 : unitsMax - soldOf(supply, channel.channel);
  const [location] = openOnes(channel.locations, locations);
  if (units <= 0 || location === undefined) return [];
  return [{ line: preorderLine(channel.channel), location, units, availableAt: releaseAt }];
};

export const preorderUntil = ({ opensAt, releaseAt }: PreorderPolicy, now: string): string =>
  now < opensAt ? opensAt : releaseAt;

/** What is there waits for the release. */
export const notReleasedTerm = (channel: ChannelPolicy, there: number): readonly Term[] =>
  there === 0 ? [] : [{ term: 'not_released', quantity: -there, origin: channelOrigin(channel, 'preorder') }];

export const preorderTerms = (
  channel: ChannelPolicy,
  supply: Supply,
  eligible: readonly EligibleIncoming[],
): readonly Term[] => {
  const origin = channelOrigin(channel, 'preorder');
  const sold = soldOf(supply, channel.channel);
  return eligible.flatMap(({ units, location, line }): readonly Term[] => [
    { term: 'preorder', quantity: units + sold, location, incomingLine: line, origin },
    ...(sold === 0 ? [] : [{ term: 'preordered', quantity: -sold, location, incomingLine: line } as const]),
  ]);
};

export const withNothingThere = (byLocation: readonly LocationShare[]): readonly LocationShare[] =>
  byLocation.map(({ location }) => ({ location, quantity: 0 }));
