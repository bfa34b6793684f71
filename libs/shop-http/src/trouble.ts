import { type Answer, type BatchOutcome, type Trouble, type TroubleKind, type WriteAnswer } from '#channel-kit';
import { type CommonFailureKind, type HttpFailure, type HttpOutcome } from './failure.js';

export type Meaning = { readonly kind: TroubleKind; readonly code: string };

/** What a failure means where nothing was applied. Codes are stable: operators search for them. */
export const commonMeanings: Readonly<Record<CommonFailureKind, Meaning>> = {
  key: { kind: 'misconfigured', code: 'key_refused' },
  rights: { kind: 'misconfigured', code: 'right_missing' },
  blocked: { kind: 'misconfigured', code: 'blocked' },
  redirected: { kind: 'misconfigured', code: 'redirected' },
  certificate: { kind: 'misconfigured', code: 'certificate' },
  malformed: { kind: 'unintelligible', code: 'malformed' },
  not_json: { kind: 'unintelligible', code: 'not_json' },
  truncated: { kind: 'unintelligible', code: 'truncated' },
  too_large: { kind: 'unintelligible', code: 'too_large' },
  server_error: { kind: 'unintelligible', code: 'server_error' },
  unreachable: { kind: 'unreachable', code: 'unreachable' },
  interrupted: { kind: 'unreachable', code: 'interrupted' },
  timeout: { kind: 'unreachable', code: 'timeout' },
  throttled: { kind: 'busy', code: 'throttled' },
  unavailable: { kind: 'busy', code: 'unavailable' },
  not_found: { kind: 'refused', code: 'row_missing' },
  refused: { kind: 'refused', code: 'refused' },
};

export const answered = <Value>(value: Value): Answer<Value> => ({ kind: 'answered', value });

export const troubled = (trouble: Trouble): Answer<never> => ({ kind: 'trouble', trouble });

/**
 * Failures of a connector as everybody else reads them. What may have been applied is an unknown outcome, whatever was said.
 *
 * @param meanings of all kinds that the connector knows
 * @param isGone whether the shop says that it does not have what was asked for
 */
export const troublesBy = <Kind extends string, Failure extends HttpFailure<Kind>>(
  meanings: Readonly<Record<Kind, Meaning>>,
  isGone: (failure: Failure) => boolean,
) => {
  const troubleOf = ({ kind, sentence, applied, retryAfterMillis }: HttpFailure<Kind>): Trouble => ({
    kind: applied === 'unknown' ? 'unknown_outcome' : meanings[kind].kind,
    code: meanings[kind].code,
    detail: sentence,
    ...(retryAfterMillis !== undefined && { retryAfterMillis }),
  });
  /** Of a question: it cannot have been applied. */
  const troubledBy = (failure: HttpFailure<Kind>): Answer<never> => troubled(troubleOf({ ...failure, applied: 'no' }));
  const answerOf = <Value>(outcome: HttpOutcome<Value, HttpFailure<Kind>>): Answer<Value> =>
    outcome.kind === 'ok' ? answered(outcome.value) : troubledBy(outcome.failure);
  /** The same of one thing; undefined: the shop does not have it. */
  const foundOf = <Value>(outcome: HttpOutcome<Value, Failure>): Answer<Value | undefined> =>
    outcome.kind === 'failed' && isGone(outcome.failure) ? answered(undefined) : answerOf(outcome);
  /** Of one request of a write. */
  const batchOf = (outcome: HttpOutcome<WriteAnswer, HttpFailure<Kind>>): BatchOutcome =>
    outcome.kind === 'ok'
      ? { kind: 'answered', value: outcome.value }
      : { kind: 'failed', trouble: troubleOf(outcome.failure), applied: outcome.failure.applied };
  return { troubleOf, troubledBy, answerOf, foundOf, batchOf };
};
