import { type CommonFailureKind, type HttpFailure, type HttpOutcome } from '#shop-http';

export { failed, ok } from '#shop-http';

/** What went wrong: what may go wrong with every shop, and what the webservice alone knows. */
export type FailureKind =
  | CommonFailureKind
  /** It is switched off in the shop. */
  | 'webservice_off'
  /** A page, or nothing, in place of a document. */
  | 'not_xml';

/** An error as the webservice writes it. */
export type ShopError = { readonly code: number; readonly message: string };

export type Failure = HttpFailure<FailureKind> & { readonly errors?: readonly ShopError[] };

export type Outcome<Value> = HttpOutcome<Value, Failure>;
