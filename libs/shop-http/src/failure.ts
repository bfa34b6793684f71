/** What went wrong, as far as it makes a difference to who must do something about it. */
export type CommonFailureKind =
  /** The key is unknown, inactive, without any right, or did not arrive. */
  | 'key'
  /** The key is good and may not do this: a resource, a verb, a shop. */
  | 'rights'
  /** Something before the shop refused: a firewall, a proxy, a password on the site. */
  | 'blocked'
  | 'redirected'
  /** Data that is not what was asked for. */
  | 'malformed'
  /** A page, or nothing, in place of JSON. */
  | 'not_json'
  | 'truncated'
  | 'too_large'
  | 'certificate'
  | 'unreachable'
  | 'interrupted'
  | 'timeout'
  | 'throttled'
  | 'unavailable'
  | 'server_error'
  | 'not_found'
  /** The shop understood and said no, with its own codes. */
  | 'refused';

/** A request that came to nothing, or may have. A connector adds the kinds that its system alone knows. */
export type HttpFailure<Kind extends string = CommonFailureKind> = {
  readonly kind: Kind;
  /** For the operator: what it means and what to do. */
  readonly sentence: string;
  /** Whether a write may stand although it failed: then its rows are read again, and it is never repeated blindly. */
  readonly applied: 'no' | 'unknown';
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** How long the shop, or what stands before it, wants to be left alone. */
  readonly retryAfterMillis?: number;
};

export type HttpOutcome<Value, Failure = HttpFailure> =
  { readonly kind: 'ok'; readonly value: Value } | { readonly kind: 'failed'; readonly failure: Failure };

export const ok = <Value>(value: Value): HttpOutcome<Value, never> => ({ kind: 'ok', value });

export const failed = <Failure>(failure: Failure): HttpOutcome<never, Failure> => ({ kind: 'failed', failure });

/** What comes of a value where there is one. */
export const mapped = <Value, Other, Failure>(
  outcome: HttpOutcome<Value, Failure>,
  change: (value: Value) => Other,
): HttpOutcome<Other, Failure> => (outcome.kind === 'failed' ? outcome : ok(change(outcome.value)));
