import { type Answer, type Trouble, type TroubleKind } from '#channel-kit';
import { type Failure, type FailureKind, type Outcome } from '../webservice/index.js';

type Meaning = { readonly kind: TroubleKind; readonly code: string };

/** What a failure means where nothing was applied. Codes are stable: operators search for them. */
const meanings: Readonly<Record<FailureKind, Meaning>> = {
  key: { kind: 'misconfigured', code: 'key_refused' },
  rights: { kind: 'misconfigured', code: 'right_missing' },
  webservice_off: { kind: 'misconfigured', code: 'webservice_off' },
  blocked: { kind: 'misconfigured', code: 'blocked' },
  redirected: { kind: 'misconfigured', code: 'redirected' },
  certificate: { kind: 'misconfigured', code: 'certificate' },
  not_xml: { kind: 'unintelligible', code: 'not_xml' },
  malformed: { kind: 'unintelligible', code: 'malformed' },
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

/** A failure of the webservice as everybody else reads it. What may have been applied is an unknown outcome, whatever was said. */
export const troubleOf = ({ kind, sentence, applied }: Failure): Trouble => {
  const meaning = meanings[kind];
  return {
    kind: applied === 'unknown' ? 'unknown_outcome' : meaning.kind,
    code: meaning.code,
    detail: sentence,
  };
};

export const answered = <Value>(value: Value): Answer<Value> => ({ kind: 'answered', value });

export const troubled = (trouble: Trouble): Answer<never> => ({ kind: 'trouble', trouble });

/** Of a question: it cannot have been applied. */
export const troubledBy = (failure: Failure): Answer<never> => troubled(troubleOf({ ...failure, applied: 'no' }));

export const answerOf = <Value>(outcome: Outcome<Value>): Answer<Value> =>
  outcome.kind === 'ok' ? answered(outcome.value) : troubledBy(outcome.failure);
