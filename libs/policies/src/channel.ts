import {
  accepted,
  NO_STREAM,
  refused,
  type Decider,
  type Decision,
  type Instant,
  type Known,
  type Revision,
  type StreamKind,
} from '#event-sourcing';
import type { LocationPolicy, PaymentClasses } from '#atp';
import {
  differing,
  firstOf,
  invalid,
  invalidBackorder,
  invalidShare,
  locationsPerChannelMax,
  outOfRange,
  paymentClassesMax,
  reasonOf,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
  reviewAfterHoursMax,
  staleChange,
} from './checks.js';
import { badCode } from './codes.js';
import type { ChangeChannel, ChannelCommand, DefineChannel } from './commands.js';
import type { ChannelContent, ChannelEvent, ChannelTerms } from './events.js';
import { keylessKind, unknownEvent } from './keyless-kind.js';
import type { PolicyRefusal } from './refusals.js';

/** What a channel's decisions look up: the locations that are defined (a PolicyBook will do). */
export type KnownLocations = { readonly locations: ReadonlyMap<string, LocationPolicy> };

export type ChannelState = { readonly content: ChannelContent | null; readonly revision: Revision };
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

const invalidClasses = (classes: PaymentClasses): PolicyRefusal | undefined =>
  firstOf(
    () => outOfRange('paymentClasses', Object.keys(classes).length, 0, paymentClassesMax),
    ...Object.entries(classes).flatMap(([code, { reviewAfterHours }]) => [
      () => invalid(`paymentClasses.${code}`, badCode(code)),
      () => outOfRange(`paymentClasses.${code}.reviewAfterHours`, reviewAfterHours, 1, reviewAfterHoursMax),
    ]),
  );

const refusalOfTerms = (terms: ChannelTerms, known: KnownLocations): PolicyRefusal | undefined =>
  firstOf(
    () => outOfRange('locations', terms.locations.length, 1, locationsPerChannelMax),
    () => invalidLocation(terms.locations),
    () => duplicateIn(terms.locations),
    () =>
      outOfRange('reservationTtlMillis', terms.reservationTtlMillis, reservationTtlMillisMin, reservationTtlMillisMax),
    () => invalidShare('buffer', terms.buffer),
    () => invalidShare('cap', terms.cap),
    () => invalidBackorder('backorder', terms.backorder),
    () => invalidClasses(terms.paymentClasses ?? {}),
    () => unknownIn(terms.locations, known),
  );

const contentOf = (names: Pick<ChannelContent, 'channel' | 'connection'>, terms: ChannelTerms): ChannelContent => ({
  channel: names.channel,
  connection: names.connection,
  locations: terms.locations,
  reservationTtlMillis: terms.reservationTtlMillis,
  splitCarts: terms.splitCarts,
  ...(terms.buffer && { buffer: terms.buffer }),
  ...(terms.cap && { cap: terms.cap }),
  ...(terms.backorder && { backorder: terms.backorder }),
  ...(hasAny(terms.paymentClasses) && { paymentClasses: terms.paymentClasses }),
});

const hasAny = (classes: PaymentClasses | undefined): classes is PaymentClasses =>
  classes !== undefined && Object.keys(classes).length > 0;

const fields = [
  ...(['connection', 'locations', 'reservationTtlMillis', 'splitCarts', 'buffer', 'cap'] as const),
  ...(['backorder', 'paymentClasses'] as const),
];
const differencesOf = (a: ChannelContent, b: ChannelContent): readonly string[] => differing(fields, a, b);

const define = (command: DefineChannel, { content }: ChannelState, now: Instant): ChannelDecision => {
  const data = contentOf(command, command);
  if (content === null) return accepted({ type: 'ChannelDefined', data, occurredAt: now });
  const differs = differencesOf(content, data);
  return differs.length === 0 ? accepted() : refused({ code: 'already_defined', differs });
};

const change = (command: ChangeChannel, { content, revision }: ChannelState, now: Instant): ChannelDecision => {
  if (content === null) return refused({ code: 'unknown_channel', channel: command.channel });
  const data = contentOf(content, command);
  if (differencesOf(content, data).length === 0) return accepted();
  const stale = staleChange(command.revision, revision);
  if (stale !== undefined) return refused(stale);
  return accepted({ type: 'ChannelChanged', data: { ...data, ...reasonOf(command) }, occurredAt: now });
};

const refusalOfNames = (command: ChannelCommand): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('channel', badCode(command.channel)),
    () => (command.kind === 'define_channel' ? invalid('connection', badCode(command.connection)) : undefined),
  );

export const channelDecider: Decider<
  ChannelState,
  ChannelCommand,
  ChannelEvent,
  PolicyRefusal,
  KnownLocations,
  Known<never>
> = {
  initialState: () => ({ content: null, revision: NO_STREAM }),
  decide: ({ command, now, policy }, state) => {
    const refusal = refusalOfNames(command) ?? refusalOfTerms(command, policy);
    if (refusal !== undefined) return refused(refusal);
    return command.kind === 'define_channel' ? define(command, state, now) : change(command, state, now);
  },
  evolve: ({ revision }, event) => ({ content: contentOfChannel(event), revision: revision + 1 }),
};

/** What a channel is after one of its events. @throws on an event that this version does not know */
export const contentOfChannel = (event: ChannelEvent): ChannelContent => {
  switch (event.type) {
    case 'ChannelDefined':
    case 'ChannelChanged':
      return contentOf(event.data, event.data);
    default:
      return unknownEvent(event);
  }
};

const prefix = 'policy-channel';

/** The stream of a channel: `policy-channel-<code>`. */
export const channelStream = (channel: string): string => `${prefix}-${channel}`;

/** Streams `policy-channel-<code>`. */
export const channelKind: StreamKind<ChannelState, ChannelCommand, ChannelEvent, PolicyRefusal, KnownLocations, never> =
  keylessKind({ prefix, decider: channelDecider });
