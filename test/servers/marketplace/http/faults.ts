import * as book from '../../shared/fault-book.js';

/** What goes wrong. Whether the marketplace has done what it was asked before that is part of each. */
export type Fault =
  /** Done at once, answered later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Nothing done; the status, without a body. */
  | { readonly kind: 'away'; readonly status: number }
  /** Nothing done; a page for people. */
  | { readonly kind: 'html' }
  /** Done, and answered with 500. */
  | { readonly kind: 'error_after_commit' }
  /** Accepted and never answered. */
  | { readonly kind: 'silence'; readonly commits: boolean }
  /** The connection is reset in place of an answer. */
  | { readonly kind: 'reset'; readonly commits: boolean }
  /** Done, and the connection ends after so many bytes of the body. */
  | { readonly kind: 'truncate'; readonly bytes: number };

/** What requests are about, as limits and faults name it. */
export type Resource = 'offers' | 'stock' | 'orders' | 'cancellation' | 'process-status';

export type FaultRule = book.FaultRule<Fault, Resource>;
export type Faults = book.Faults<Fault, Resource>;
export type FaultBook = book.FaultBook<Fault, Resource>;

export const createFaultBook = (): FaultBook => book.createFaultBook<Fault, Resource>();
