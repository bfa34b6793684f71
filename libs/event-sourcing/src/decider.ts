import type { DomainEvent } from './event.js';
import type { Instant } from './instant.js';

/**
 * The outcome of deciding. `prepared` asks the kernel to append these events first, in an append of their own, and to
 * decide the same command again on what then stands (thousands of expired holds before one large request).
 */
export type Decision<Event, Refusal> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'prepared'; readonly events: readonly Event[] };

/**
 * Everything that a decision may depend on beside the state. The command is what the caller sent (and what is hashed);
 * time, policy and what is known of ids and keys that the state has forgotten come beside it.
 */
export type Asked<Command, Policy, Known> = {
  readonly command: Command;
  readonly now: Instant;
  readonly policy: Policy;
  readonly known: Known;
};

/** The whole theory: pure, exhaustive, no clock, no randomness. */
export type Decider<State, Command, Event extends DomainEvent, Refusal, Policy, Known> = {
  readonly initialState: () => State;
  readonly decide: (asked: Asked<Command, Policy, Known>, state: State) => Decision<Event, Refusal>;
  readonly evolve: (state: State, event: Event) => State;
};

export const accepted = <Event>(...events: readonly Event[]): Decision<Event, never> => ({ kind: 'accepted', events });
export const refused = <Refusal>(refusal: Refusal): Decision<never, Refusal> => ({ kind: 'refused', refusal });
