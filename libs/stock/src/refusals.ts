import type { FactKind } from './events.js';

/**
 * Why not, as values with the numbers that explain it. Looked for in this order, the first one found is answered:
 * form (quantity_out_of_range of the command, ttl_out_of_range, priority_out_of_range, eta_before_order,
 * confidence_out_of_range, occurred_in_future, basis_not_supported),
 * unknown_channel / unknown_location (who may speak there is written in their policies), not_author, unknown_sku,
 * command_id_reused (by the kernel), fact_reused, fact_moved, age (count_too_old), then what the balances say:
 * reservation_not_found, unknown_order_line, not_committed_there, too_many_reservations, insufficient, eta_unknown, location_not_of_channel, too_many_quotas,
 * too_many_incoming_lines, location_not_open,
 * location_short, quantity_out_of_range of a balance.
 */
export type StockRefusal =
  | { readonly code: 'unknown_sku' }
  | { readonly code: 'unknown_channel'; readonly channel: string }
  | { readonly code: 'unknown_location'; readonly location: string }
  | {
      readonly code: 'not_author';
      readonly connection: string;
      readonly kind: FactKind | 'reservation';
      readonly location?: string;
      readonly channel?: string;
      readonly author?: string;
    }
  | { readonly code: 'occurred_in_future'; readonly occurredAt: string; readonly now: string }
  /** Same fact key and version, other content. */
  | { readonly code: 'fact_reused'; readonly sourceKey: string; readonly version: number }
  /** The fact stands above 0 on another SKU: send version n+1 at 0 there first. */
  | { readonly code: 'fact_moved'; readonly sourceKey: string; readonly sku: string }
  | { readonly code: 'count_too_old'; readonly asOf: string; readonly oldest: string }
  | { readonly code: 'basis_not_supported'; readonly basis: string }
  /** `available` beyond the `held` units of the cart itself. */
  | { readonly code: 'insufficient'; readonly requested: number; readonly available: number; readonly held: number }
  /** Units are on their way, but nobody knows when they come. */
  | { readonly code: 'eta_unknown'; readonly requested: number; readonly available: number; readonly held: number }
  | { readonly code: 'eta_before_order'; readonly eta: string; readonly orderedAt: string }
  | { readonly code: 'confidence_out_of_range'; readonly confidence: number; readonly max: number }
  | { readonly code: 'too_many_incoming_lines'; readonly open: number; readonly max: number }
  | { readonly code: 'too_many_reservations'; readonly open: number; readonly max: number }
  | { readonly code: 'reservation_not_found'; readonly reservation: string }
  | { readonly code: 'ttl_out_of_range'; readonly ttlMillis: number; readonly min: number; readonly max: number }
  | { readonly code: 'unknown_order_line'; readonly line: string }
  | {
      readonly code: 'not_committed_there';
      readonly location: string;
      readonly committed: number;
      readonly requested: number;
    }
  | { readonly code: 'priority_out_of_range'; readonly priority: number; readonly max: number }
  | { readonly code: 'location_not_of_channel'; readonly channel: string; readonly location: string }
  | { readonly code: 'too_many_quotas'; readonly open: number; readonly max: number }
  /** Nothing new is promised from there. */
  | { readonly code: 'location_not_open'; readonly location: string }
  | {
      readonly code: 'location_short';
      readonly location: string;
      readonly sellable: number;
      readonly requested: number;
    }
  /** The quantity would take a balance out of the range of safe integers that the ledger allows. */
  | { readonly code: 'quantity_out_of_range'; readonly quantity: number; readonly max: number };
