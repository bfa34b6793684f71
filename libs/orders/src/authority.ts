import type { ChannelPolicy, LocationPolicy } from '#atp';
import type { OrderCommand, OrderPolicy, Resolution } from './commands.js';
import type { SnapshotLine } from './events.js';
import type { OrderRefusal } from './refusals.js';

/** May the channel's connection say what left (`issue`) or came back (`return`) for this line? */
export type Authority = { readonly [Kind in 'issue' | 'return']: (line: SnapshotLine) => boolean };

/** What a command for a known channel is decided on. */
export type KnownPolicy = Pick<OrderPolicy, 'locations' | 'bundles'> & {
  readonly channel: ChannelPolicy;
  readonly resolutions: ReadonlyMap<string, Resolution>;
};

/** Undefined: nobody has defined this channel. */
export const policyFor = (command: OrderCommand, policy: OrderPolicy): KnownPolicy | undefined => {
  const channel = policy.channels.get(command.channel);
  if (channel === undefined) return undefined;
  return { channel, locations: policy.locations, bundles: policy.bundles, resolutions: policy.resolutionsOf(command) };
};

const authorOf = (location: LocationPolicy | undefined, kind: string): string | undefined =>
  location?.authors[kind] ?? location?.author;

/** At the location that the line names, else at any of the channel's. */
export const authorityOf = ({ channel, locations }: KnownPolicy): Authority => {
  const isAuthorAt = (kind: string) => (location: string) =>
    authorOf(locations.get(location), kind) === channel.connection;
  const isAuthorOf = (kind: string) => {
    const somewhere = channel.locations.some(isAuthorAt(kind));
    return ({ location }: SnapshotLine): boolean => (location === undefined ? somewhere : isAuthorAt(kind)(location));
  };
  return { issue: isAuthorOf('issue'), return: isAuthorOf('return') };
};

/** Orders are facts of the one connection that its channel belongs to. */
export const notAuthor = (connection: string, { channel }: KnownPolicy): OrderRefusal | undefined =>
  connection === channel.connection
    ? undefined
    : { code: 'not_author', connection, kind: 'ordered', channel: channel.channel, author: channel.connection };

export const unknownLocation = (lines: readonly SnapshotLine[], policy: KnownPolicy): OrderRefusal | undefined => {
  for (const { line, location } of lines) {
    if (location !== undefined && !policy.locations.has(location)) return { code: 'unknown_location', location, line };
  }
  return undefined;
};
