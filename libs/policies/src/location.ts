import {
  accepted,
  refused,
  type Decider,
  type Decision,
  type Instant,
  type Known,
  type StreamKind,
} from '#event-sourcing';
import { firstOf, invalid } from './checks.js';
import { badCode } from './codes.js';
import type { DefineLocation } from './commands.js';
import type { LocationEvent } from './events.js';
import { keylessKind, onlyEvent } from './keyless-kind.js';
import { factKinds } from './kinds.js';
import type { PolicyRefusal } from './refusals.js';

export type LocationState = { readonly defined: LocationEvent['data'] | null };
type LocationDecision = Decision<LocationEvent, PolicyRefusal>;

const unknownKindIn = (authors: DefineLocation['authors']): PolicyRefusal | undefined => {
  const kind = Object.keys(authors).find((key) => !factKinds.some((known) => known === key));
  return kind === undefined ? undefined : { code: 'unknown_kind', field: 'authors', kind };
};

const invalidAuthor = (authors: DefineLocation['authors']): PolicyRefusal | undefined =>
  firstOf(
    ...factKinds.map((kind) => () => {
      const author = authors[kind];
      return author === undefined ? undefined : invalid(`authors.${kind}`, badCode(author));
    }),
  );

const refusalOf = (command: DefineLocation): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('location', badCode(command.location)),
    () => invalid('author', badCode(command.author)),
    () => unknownKindIn(command.authors),
    () => invalidAuthor(command.authors),
  );

/** A kind that is given to the location's own author says nothing: it is left out, so that equal policies are equal. */
const authorsOf = (command: DefineLocation): LocationEvent['data']['authors'] =>
  Object.fromEntries(
    factKinds.flatMap((kind) => {
      const author = command.authors[kind];
      return author === undefined || author === command.author ? [] : [[kind, author]];
    }),
  );

const contentOf = (command: DefineLocation): LocationEvent['data'] => ({
  location: command.location,
  author: command.author,
  authors: authorsOf(command),
});

const differencesOf = (a: LocationEvent['data'], b: LocationEvent['data']): readonly string[] => [
  ...(a.author === b.author ? [] : ['author']),
  ...factKinds.filter((kind) => a.authors[kind] !== b.authors[kind]).map((kind) => `authors.${kind}`),
];

const define = (command: DefineLocation, state: LocationState, now: Instant): LocationDecision => {
  const data = contentOf(command);
  if (state.defined === null) return accepted({ type: 'LocationDefined', data, occurredAt: now });
  const differs = differencesOf(state.defined, data);
  return differs.length === 0 ? accepted() : refused({ code: 'already_defined', differs });
};

export const locationDecider: Decider<
  LocationState,
  DefineLocation,
  LocationEvent,
  PolicyRefusal,
  undefined,
  Known<never>
> = {
  initialState: () => ({ defined: null }),
  decide: ({ command, now }, state) => {
    const refusal = refusalOf(command);
    return refusal === undefined ? define(command, state, now) : refused(refusal);
  },
  evolve: (_state, event) => ({ defined: onlyEvent('LocationDefined', event).data }),
};

const prefix = 'policy-location';

/** The stream of a location: `policy-location-<code>`. */
export const locationStream = (location: string): string => `${prefix}-${location}`;

/** Streams `policy-location-<code>`. */
export const locationKind: StreamKind<LocationState, DefineLocation, LocationEvent, PolicyRefusal, undefined, never> =
  keylessKind({ prefix, decider: locationDecider });
