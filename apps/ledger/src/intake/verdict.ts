import type { Outcome } from '#event-sourcing';
import type { Problem } from '#platform';
import { isTransient, pauseOf } from '../failure.js';
import { outcomeProblem } from '../http/outcome-problem.js';
import type { LedgerRefusal } from '../http/refusal-problem.js';

/** What becomes of a message: it is in the ledger, it can never be as it is, or nobody can say so now. */
export type Verdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'parked'; readonly problem: Problem }
  | { readonly kind: 'not_now'; readonly afterMillis: number };

export const taken: Verdict = { kind: 'taken' };
export const parked = (problem: Problem): Verdict => ({ kind: 'parked', problem });

type Failed = Exclude<Outcome<unknown, LedgerRefusal>, { readonly kind: 'accepted' }>;

/** A refusal is a reason to park: whoever mends its cause replays the message. */
export const verdictOf = (failure: Failed): Verdict =>
  isTransient(failure) ? { kind: 'not_now', afterMillis: pauseOf(failure) } : parked(outcomeProblem(failure).problem);
