import type { Outcome } from '#event-sourcing';
import { ProblemError } from '#platform';
import { refusalProblem, type LedgerRefusal } from './refusal-problem.js';

type AnyOutcome = Outcome<unknown, LedgerRefusal>;
export type Accepted<State = unknown> = Extract<Outcome<State, never>, { kind: 'accepted' }>;

/** What a store that is away is worth waiting for, in seconds. */
export const retryAfterSeconds = 1;

/** What the answer is when a command was not accepted. Exhaustive. */
export const outcomeProblem = (outcome: Exclude<AnyOutcome, { kind: 'accepted' }>): ProblemError => {
  switch (outcome.kind) {
    case 'refused':
      return refusalProblem(outcome.refusal);
    case 'command_id_reused':
      return new ProblemError('command_id_reused');
    case 'too_large':
      return new ProblemError('command_too_large', { facts: { bytes: outcome.bytes, bytesMax: outcome.bytesMax } });
    case 'busy':
      return new ProblemError('busy', { retryAfterSeconds: Math.max(1, Math.ceil(outcome.retryAfterMillis / 1000)) });
    case 'deadline_exceeded':
      return new ProblemError('deadline_exceeded', { retryAfterSeconds });
    case 'unavailable':
      return new ProblemError('unavailable', { retryAfterSeconds });
    case 'outcome_unknown':
      return new ProblemError('outcome_unknown', { retryAfterSeconds });
    default:
      return unknownOutcome(outcome);
  }
};

const unknownOutcome = (outcome: never): never => {
  throw new Error(`An outcome without an answer: ${JSON.stringify(outcome)}`);
};

/**
 * The accepted outcome.
 * @throws ProblemError for every other one
 */
export const acceptedOf = <State>(outcome: Outcome<State, LedgerRefusal>): Accepted<State> => {
  if (outcome.kind === 'accepted') return outcome;
  throw outcomeProblem(outcome);
};
