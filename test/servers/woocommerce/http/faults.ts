import * as book from '../../shared/fault-book.js';

/** What goes wrong. Whether the shop has done what it was asked before that is part of each. */
export type Fault =
  /** Done at once, answered later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Accepted and never answered. */
  | { readonly kind: 'silence'; readonly commits: boolean }
  /** Not begun before `release`, however long ago the client has gone: a late write. */
  | { readonly kind: 'hold' }
  /** The connection is reset at once; what was asked for begins with `release`: a write that comes when its client has long given it up. */
  | { readonly kind: 'late' }
  /** Done, and answered with 500 and nothing else. */
  | { readonly kind: 'error_after_commit' }
  /** Nothing done; a page for people, as a cache or a firewall before the shop has it. */
  | { readonly kind: 'html'; readonly status: number }
  /** Nothing done; the page of a shop in maintenance. */
  | { readonly kind: 'maintenance' }
  /** The connection is reset in place of an answer. */
  | { readonly kind: 'reset'; readonly commits: boolean };

/** Resources: `products`, `orders`, `variations`. */
export type FaultRule = book.FaultRule<Fault>;
export type Faults = book.Faults<Fault>;
export type FaultBook = book.FaultBook<Fault>;

export const createFaultBook = (): FaultBook => book.createFaultBook<Fault>();
