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
import { isTimeOfDay, isTimeZone, type DispatchPolicy } from '#atp';
import { differing, firstOf, handlingDaysMax, invalid, outOfRange, reasonOf, staleChange } from './checks.js';
import { badCode } from './codes.js';
import type { ChangeLocation, DefineLocation, LocationCommand } from './commands.js';
import type { LocationContent, LocationEvent } from './events.js';
import { keylessKind, unknownEvent } from './keyless-kind.js';
import { factKinds } from './kinds.js';
import { invalidObservers, observersOf } from './observers.js';
import type { PolicyRefusal } from './refusals.js';

export type LocationPolicyState = { readonly content: LocationContent | null; readonly revision: Revision };
type LocationDecision = Decision<LocationEvent, PolicyRefusal>;

const unknownKindIn = (authors: LocationContent['authors']): PolicyRefusal | undefined => {
  const kind = Object.keys(authors).find((key) => !factKinds.some((known) => known === key));
  return kind === undefined ? undefined : { code: 'unknown_kind', field: 'authors', kind };
};

const invalidAuthor = (authors: LocationContent['authors']): PolicyRefusal | undefined =>
  firstOf(
    ...factKinds.map((kind) => () => {
      const author = authors[kind];
      return author === undefined ? undefined : invalid(`authors.${kind}`, badCode(author));
    }),
  );

const invalidDispatch = (dispatch: DispatchPolicy | undefined): PolicyRefusal | undefined => {
  if (dispatch === undefined) return undefined;
  const { cutOff, timeZone, handlingDays } = dispatch;
  return firstOf(
    () => (isTimeOfDay(cutOff) ? undefined : { code: 'invalid_time', field: 'dispatch.cutOff', time: cutOff }),
    () => (isTimeZone(timeZone) ? undefined : { code: 'unknown_time_zone', field: 'dispatch.timeZone', timeZone }),
    () => outOfRange('dispatch.handlingDays', handlingDays, 0, handlingDaysMax),
  );
};

const refusalOf = (command: LocationCommand): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('location', badCode(command.location)),
    () => invalid('author', badCode(command.author)),
    () => unknownKindIn(command.authors),
    () => invalidAuthor(command.authors),
    () => invalidObservers(command.observers),
    () => invalidDispatch(command.dispatch),
  );

/** A kind that is given to the location's own author says nothing: it is left out, so that equal policies are equal. */
const authorsOf = (command: LocationCommand): LocationContent['authors'] =>
  Object.fromEntries(
    factKinds.flatMap((kind) => {
      const author = command.authors[kind];
      return author === undefined || author === command.author ? [] : [[kind, author]];
    }),
  );

const contentOf = (command: LocationCommand): LocationContent => ({
  location: command.location,
  author: command.author,
  authors: authorsOf(command),
  kind: command.locationKind ?? 'own',
  state: command.state ?? 'open',
  ...observersOf(command.observers),
  ...(command.dispatch && { dispatch: command.dispatch }),
});

const differencesOf = (a: LocationContent, b: LocationContent): readonly string[] => [
  ...(a.author === b.author ? [] : ['author']),
  ...factKinds.filter((kind) => a.authors[kind] !== b.authors[kind]).map((kind) => `authors.${kind}`),
  ...differing(['kind', 'state', 'observers', 'dispatch'], a, b),
];

const define = (command: DefineLocation, { content }: LocationPolicyState, now: Instant): LocationDecision => {
  const data = contentOf(command);
  if (content === null) return accepted({ type: 'LocationDefined', data, occurredAt: now });
  const differs = differencesOf(content, data);
  return differs.length === 0 ? accepted() : refused({ code: 'already_defined', differs });
};

const change = (
  command: ChangeLocation,
  { content, revision }: LocationPolicyState,
  now: Instant,
): LocationDecision => {
  if (content === null) return refused({ code: 'unknown_location', location: command.location });
  const data = contentOf(command);
  if (differencesOf(content, data).length === 0) return accepted();
  const stale = staleChange(command.revision, revision);
  if (stale !== undefined) return refused(stale);
  return accepted({ type: 'LocationChanged', data: { ...data, ...reasonOf(command) }, occurredAt: now });
};

export const locationDecider: Decider<
  LocationPolicyState,
  LocationCommand,
  LocationEvent,
  PolicyRefusal,
  undefined,
  Known<never>
> = {
  initialState: () => ({ content: null, revision: NO_STREAM }),
  decide: ({ command, now }, state) => {
    const refusal = refusalOf(command);
    if (refusal !== undefined) return refused(refusal);
    return command.kind === 'define_location' ? define(command, state, now) : change(command, state, now);
  },
  evolve: ({ revision }, event) => ({ content: contentOfLocation(event), revision: revision + 1 }),
};

/**
 * What a location is after one of its events. The first ones said neither kind nor state: they were places of one's own
 * that sold.
 * @throws on an event that this version does not know
 */
export const contentOfLocation = (event: LocationEvent): LocationContent => {
  switch (event.type) {
    case 'LocationDefined':
    case 'LocationChanged': {
      const { location, author, authors, kind = 'own', state = 'open', observers, dispatch } = event.data;
      return { location, author, authors, kind, state, ...observersOf(observers), ...(dispatch && { dispatch }) };
    }
    default:
      return unknownEvent(event);
  }
};

const prefix = 'policy-location';

/** The stream of a location: `policy-location-<code>`. */
export const locationStream = (location: string): string => `${prefix}-${location}`;

/** Streams `policy-location-<code>`. */
export const locationKind: StreamKind<
  LocationPolicyState,
  LocationCommand,
  LocationEvent,
  PolicyRefusal,
  undefined,
  never
> = keylessKind({ prefix, decider: locationDecider });
