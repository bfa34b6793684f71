import type { DomainEvent, JsonValue, StreamKind } from '#event-sourcing';

type Parts<State, Command, Event extends DomainEvent, Refusal, Policy> = Pick<
  StreamKind<State, Command, Event, Refusal, Policy, never>,
  'prefix' | 'decider'
>;

/** A kind of stream without facts, whose state is JSON as it stands: nothing to forget, nothing to translate. */
export const keylessKind = <State, Command, Event extends DomainEvent, Refusal, Policy>(
  parts: Parts<State, Command, Event, Refusal, Policy>,
): StreamKind<State, Command, Event, Refusal, Policy, never> => ({
  ...parts,
  schemaVersionOf: () => 1,
  factKeysOf: () => [],
  remembersFact: () => false,
  factsRememberedFrom: () => 0,
  forgetFacts: (state) => state,
  factCountOf: () => 0,
  snapshot: {
    foldVersion: 2,
    encode: (state) => state as JsonValue,
    entryCountOf: () => 0,
    decode: (value) => value as State,
  },
});

/**
 * The event of a stream that has one type of event.
 * @throws on any other type: what this version does not know must stop whoever folds it, never be skipped.
 */
export const onlyEvent = <Event extends DomainEvent>(type: Event['type'], event: Event): Event => {
  if (event.type !== type) throw new Error(`this version does not know the event ${event.type}, only ${type}`);
  return event;
};

/** @throws always: what this version does not know must stop whoever folds it, never be skipped */
export const unknownEvent = (event: never): never => {
  throw new Error(`this version does not know the policy event ${JSON.stringify(event)}`);
};
