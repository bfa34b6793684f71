import type { PlacedOrder, ReportedFact } from '../meaning/documents.js';
import type { Turn } from './turns.js';

/**
 * What became of something told to the ledger. `again`: nothing is known to have been decided, and another try may fare
 * better; `refused`: no other try will.
 */
export type Told =
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly why: string; readonly afterMillis: number }
  | { readonly kind: 'refused'; readonly why: string };

/** The part of the ledger that a replay speaks to. */
export type LedgerPort = {
  /** Records an order at once and tells its SKUs when the turn begins; the turn is passed on when all of them are told. */
  readonly record: (order: PlacedOrder, turn: Turn) => Promise<Told>;
  readonly report: (fact: ReportedFact) => Promise<Told>;
  readonly sleep: (millis: number) => Promise<void>;
};
