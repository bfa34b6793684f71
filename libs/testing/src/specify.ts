import { deepStrictEqual } from 'node:assert/strict';
import type { Asked, Decider, Decision, DomainEvent } from '#event-sourcing';

/** What stands beside the command: time, policies, and what is known of what the state has forgotten. */
export type Circumstances<Policy, Known> = Omit<Asked<never, Policy, Known>, 'command'>;

const outcomeOf = <Event, Refusal>(decision: Decision<Event, Refusal>) => ({
  decision,
  /** Exactly these events: their order, their count and every field. */
  then: (...events: readonly Event[]) => deepStrictEqual(decision, { kind: 'accepted', events }),
  thenNothing: () => deepStrictEqual(decision, { kind: 'accepted', events: [] }),
  thenRefused: (refusal: Refusal) => deepStrictEqual(decision, { kind: 'refused', refusal }),
  /** To be appended first; then the same command is decided again. */
  thenPrepared: (...events: readonly Event[]) => deepStrictEqual(decision, { kind: 'prepared', events }),
});

/**
 * Given what has happened, when this is asked, then exactly that: a decider's tests as sentences.
 *
 *     specify(decider, { now, policy, known }).given(received(5)).when(reserve(6)).thenRefused({ code: 'insufficient', .. })
 *
 * Exact on purpose: a test that matches a part of an event passes when the rest of it is wrong.
 */
export const specify = <State, Command, Event extends DomainEvent, Refusal, Policy, Known>(
  decider: Decider<State, Command, Event, Refusal, Policy, Known>,
  usual: Circumstances<Policy, Known>,
) => ({
  given: (...history: readonly Event[]) => ({
    when: (command: Command, unusual: Partial<Circumstances<Policy, Known>> = {}) => {
      const state = history.reduce((before, event) => decider.evolve(before, event), decider.initialState());
      return outcomeOf(decider.decide({ ...usual, ...unusual, command }, state));
    },
  }),
});
