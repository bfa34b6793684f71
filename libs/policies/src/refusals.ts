import type { BadText } from './codes.js';

/**
 * Why not. Decided in this order: form (invalid, out of range, duplicates), unknown codes,
 * already_defined, what a bundle may not stand for, policy_changed, the bounds.
 */
export type PolicyRefusal =
  | { readonly code: 'invalid'; readonly field: string; readonly reason: BadText }
  | {
      readonly code: 'out_of_range';
      readonly field: string;
      readonly value: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'unknown_kind'; readonly field: string; readonly kind: string }
  /** Not a time of day as HH:MM. */
  | { readonly code: 'invalid_time'; readonly field: string; readonly time: string }
  | { readonly code: 'unknown_time_zone'; readonly field: string; readonly timeZone: string }
  | {
      readonly code: 'release_before_opening';
      readonly field: string;
      readonly opensAt: string;
      readonly releaseAt: string;
    }
  | { readonly code: 'duplicate_location'; readonly location: string }
  | { readonly code: 'duplicate_observer'; readonly connection: string }
  | { readonly code: 'duplicate_component'; readonly component: string }
  | { readonly code: 'unknown_location'; readonly location: string }
  | { readonly code: 'unknown_channel'; readonly channel: string }
  /** The code stands for something else already; `differs` names the fields. */
  | { readonly code: 'already_defined'; readonly differs: readonly string[] }
  | { readonly code: 'bundle_in_itself'; readonly sku: string }
  /** A bundle stands for SKUs that are stocked: `component` is a bundle, and stands in the recipe of `bundle`. */
  | { readonly code: 'bundle_too_deep'; readonly component: string; readonly bundle: string }
  | { readonly code: 'too_many_bundles'; readonly max: number }
  /** Units of it have been reported, up to `revision` of its stream: it is a SKU that is stocked. */
  | { readonly code: 'sku_has_stock'; readonly sku: string; readonly revision: number }
  /** Somebody has changed the policy since `expected` was read; `revision` is where it stands. */
  | { readonly code: 'policy_changed'; readonly expected: number; readonly revision: number }
  /** So many SKUs have terms of their own already. */
  | { readonly code: 'too_many_sku_policies'; readonly most: number };
