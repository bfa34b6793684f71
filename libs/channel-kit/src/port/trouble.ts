/**
 * What keeps a shop from answering as it should:
 * - `unreachable`: no answer, and the request did not reach the shop
 * - `unknown_outcome`: it may have been carried out, or may yet be
 * - `busy`: asked to come again later
 * - `misconfigured`: a person has to change something, here or there: a key, a right, a certificate
 * - `unintelligible`: an answer that is none: a page instead of data, half a document
 * - `refused`: the shop will not do this, now or later
 */
export type TroubleKind = 'unreachable' | 'unknown_outcome' | 'busy' | 'misconfigured' | 'unintelligible' | 'refused';

export type Trouble = {
  readonly kind: TroubleKind;
  /** Stable, of the connector: `webservice_off`, `right_missing`. */
  readonly code: string;
  /** What a person reads: what is wrong, and what to do. No secrets. */
  readonly detail: string;
  readonly retryAfterMillis?: number;
};

export type Answer<Value> =
  { readonly kind: 'answered'; readonly value: Value } | { readonly kind: 'trouble'; readonly trouble: Trouble };

/** The same question again may be answered; the others need somebody to do something first. */
export const isTransient = ({ kind }: Trouble): boolean =>
  kind === 'unreachable' || kind === 'busy' || kind === 'unintelligible' || kind === 'unknown_outcome';
