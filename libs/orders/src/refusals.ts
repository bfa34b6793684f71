/**
 * Why not. Decided in this order (tested): form (too_many_lines, duplicate_line, quantity_out_of_range), unknown_channel,
 * not_author, unknown_location, occurred_in_future, snapshot_reused or already_baselined, and last what is known only
 * with the frozen lines (too_many_lines over the order's life, quantity_out_of_range in base units).
 */
export type OrderRefusal =
  | { readonly code: 'too_many_lines'; readonly lines: number; readonly max: number }
  | { readonly code: 'duplicate_line'; readonly line: string }
  | {
      readonly code: 'quantity_out_of_range';
      readonly field: string;
      readonly quantity: number;
      readonly max: number;
      readonly line?: string;
    }
  | { readonly code: 'unknown_channel'; readonly channel: string }
  | {
      readonly code: 'not_author';
      readonly connection: string;
      readonly kind: 'ordered';
      readonly channel: string;
      readonly author: string;
    }
  | { readonly code: 'unknown_location'; readonly location: string; readonly line: string }
  | { readonly code: 'occurred_in_future'; readonly field: string; readonly occurredAt: string; readonly now: string }
  /** Same version, other content. A connector without strictly growing versions draws tickets. */
  | { readonly code: 'snapshot_reused'; readonly version: number }
  | { readonly code: 'already_baselined' };
