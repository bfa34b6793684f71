import { type CommonFailureKind, type HttpFailure, type HttpOutcome } from '#shop-http';

export { ok } from '#shop-http';

/** What may go wrong with every shop; and WordPress answers, and WooCommerce does not: the plugin is switched off. */
export type FailureKind = CommonFailureKind | 'api_off';

/** `code`: the shop's own, where it gave one. */
export type Failure = HttpFailure<FailureKind> & { readonly code?: string };

export type Outcome<Value> = HttpOutcome<Value, Failure>;
