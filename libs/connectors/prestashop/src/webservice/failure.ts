/** What went wrong, as far as it makes a difference to who must do something about it. */
export type FailureKind =
  /** The key is unknown, inactive, without any right, or did not arrive. */
  | 'key'
  /** The key is good and may not do this: a resource, a verb, a shop. */
  | 'rights'
  | 'webservice_off'
  /** Something before PrestaShop refused: a firewall, a proxy, a password on the site. */
  | 'blocked'
  | 'redirected'
  | 'not_xml'
  /** XML that is not what was asked for. */
  | 'malformed'
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

/** An error as the webservice writes it. */
export type ShopError = { readonly code: number; readonly message: string };

export type Failure = {
  readonly kind: FailureKind;
  /** For the operator: what it means and what to do. */
  readonly sentence: string;
  /** Whether a write may stand although it failed: then its rows are read again, and it is never repeated blindly. */
  readonly applied: 'no' | 'unknown';
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  readonly errors?: readonly ShopError[];
};

export type Outcome<Value> =
  { readonly kind: 'ok'; readonly value: Value } | { readonly kind: 'failed'; readonly failure: Failure };

export const ok = <Value>(value: Value): Outcome<Value> => ({ kind: 'ok', value });

export const failed = (failure: Failure): Outcome<never> => ({ kind: 'failed', failure });
