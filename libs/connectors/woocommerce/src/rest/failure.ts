import { type CommonFailureKind, type HttpFailure, type HttpOutcome } from '#shop-http';

export { failed, ok } from '#shop-http';

/** What went wrong: what may go wrong with every shop, and what WordPress alone knows. */
export type FailureKind =
  | CommonFailureKind
  /** WordPress answers, and WooCommerce does not: the plugin is switched off. */
  | 'api_off'
  /** A page, or nothing, in place of JSON. */
  | 'not_json';

/** `code`: the shop's own, where it gave one. */
export type Failure = HttpFailure<FailureKind> & { readonly code?: string };

export type Outcome<Value> = HttpOutcome<Value, Failure>;

export const malformed = (what: string): Failure => ({
  kind: 'malformed',
  sentence: `The answer is not what WooCommerce should send: ${what}.`,
  applied: 'unknown',
});
