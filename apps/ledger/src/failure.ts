import type { Outcome } from '#event-sourcing';

/** Every outcome but acceptance. */
export type Failure<Refusal> = Exclude<Outcome<never, Refusal>, { readonly kind: 'accepted' }>;

/** A failure that another try may not meet: nothing was decided, or nobody knows. */
export type Transient = Extract<
  Failure<never>,
  { readonly kind: 'busy' | 'deadline_exceeded' | 'unavailable' | 'outcome_unknown' }
>;

export const isTransient = (outcome: { readonly kind: string }): outcome is Transient =>
  outcome.kind === 'busy' ||
  outcome.kind === 'deadline_exceeded' ||
  outcome.kind === 'unavailable' ||
  outcome.kind === 'outcome_unknown';

/** How long to wait where the lanes do not say. */
const pauseMillis = 250;

export const pauseOf = (failure: Transient): number =>
  failure.kind === 'busy' ? failure.retryAfterMillis : pauseMillis;
