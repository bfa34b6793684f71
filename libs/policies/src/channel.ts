import {
  accepted,
  refused,
  type Decider,
  type Decision,
  type Instant,
  type Known,
  type StreamKind,
} from '#event-sourcing';
import type { LocationPolicy } from '#atp';
import {
  firstOf,
  invalid,
  locationsPerChannelMax,
  outOfRange,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
} from './checks.js';
import { badCode } from './codes.js';
import type { DefineChannel } from './commands.js';
import type { ChannelEvent } from './events.js';
import { keylessKind, onlyEvent } from './keyless-kind.js';
import type { PolicyRefusal } from './refusals.js';

/** What a channel's decisions look up: the locations that are defined (a PolicyBook will do). */
export type KnownLocations = { readonly locations: ReadonlyMap<string, LocationPolicy> };

export type ChannelState = { readonly defined: ChannelEvent['data'] | null };
type ChannelDecision = Decision<ChannelEvent, PolicyRefusal>;

const duplicateIn = (locations: readonly string[]): PolicyRefusal | undefined => {
  const twice = locations.find((location, index) => locations.indexOf(location) !== index);
  return twice === undefined ? undefined : { code: 'duplicate_location', location: twice };
};

const invalidLocation = (locations: readonly string[]): PolicyRefusal | undefined =>
  firstOf(...locations.map((location, index) => () => invalid(`locations[${index}]`, badCode(location))));

const unknownIn = (locations: readonly string[], known: KnownLocations): PolicyRefusal | undefined => {
  const unknown = locations.find((location) => !known.locations.has(location));
  return unknown === undefined ? undefined : { code: 'unknown_location', location: unknown };
};

const refusalOf = (command: DefineChannel, known: KnownLocations): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('channel', badCode(command.channel)),
    () => invalid('connection', badCode(command.connection)),
    () => outOfRange('locations', command.locations.length, 1, locationsPerChannelMax),
    () => invalidLocation(command.locations),
    () => duplicateIn(command.locations),
    () =>
      outOfRange(
        'reservationTtlMillis',
        command.reservationTtlMillis,
        reservationTtlMillisMin,
        reservationTtlMillisMax,
      ),
    () => unknownIn(command.locations, known),
  );

const contentOf = (command: DefineChannel): ChannelEvent['data'] => ({
  channel: command.channel,
  connection: command.connection,
  locations: command.locations,
  reservationTtlMillis: command.reservationTtlMillis,
  splitCarts: command.splitCarts,
});

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

const differencesOf = (a: ChannelEvent['data'], b: ChannelEvent['data']): readonly string[] => [
  ...(a.connection === b.connection ? [] : ['connection']),
  ...(sameList(a.locations, b.locations) ? [] : ['locations']),
  ...(a.reservationTtlMillis === b.reservationTtlMillis ? [] : ['reservationTtlMillis']),
  ...(a.splitCarts === b.splitCarts ? [] : ['splitCarts']),
];

const define = (command: DefineChannel, state: ChannelState, now: Instant): ChannelDecision => {
  const data = contentOf(command);
  if (state.defined === null) return accepted({ type: 'ChannelDefined', data, occurredAt: now });
  const differs = differencesOf(state.defined, data);
  return differs.length === 0 ? accepted() : refused({ code: 'already_defined', differs });
};

export const channelDecider: Decider<
  ChannelState,
  DefineChannel,
  ChannelEvent,
  PolicyRefusal,
  KnownLocations,
  Known<never>
> = {
  initialState: () => ({ defined: null }),
  decide: ({ command, now, policy }, state) => {
    const refusal = refusalOf(command, policy);
    return refusal === undefined ? define(command, state, now) : refused(refusal);
  },
  evolve: (_state, event) => ({ defined: onlyEvent('ChannelDefined', event).data }),
};

const prefix = 'policy-channel';

/** The stream of a channel: `policy-channel-<code>`. */
export const channelStream = (channel: string): string => `${prefix}-${channel}`;

/** Streams `policy-channel-<code>`. */
export const channelKind: StreamKind<ChannelState, DefineChannel, ChannelEvent, PolicyRefusal, KnownLocations, never> =
  keylessKind({ prefix, decider: channelDecider });
