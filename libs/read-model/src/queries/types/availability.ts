import type { Instant, Position, Revision } from '#event-sourcing';
import type { Availability, BundleComponent } from '#atp';

/** The most SKUs of one bulk question. */
export const bulkSkusMax = 1_000;

/**
 * What a channel may promise of a SKU, computed from the balances when it is asked for: never behind a sweep, and
 * expired holds count for nothing. `position` and `revision` are those of the SKU's last event that the answer knows;
 * `sequence` is the last announcement's of this pair (0: never announced).
 */
export type AvailabilityRow = Pick<
  Availability,
  'atp' | 'shown' | 'byLocation' | 'tranches' | 'state' | 'validUntil'
> & {
  readonly sku: string;
  readonly channel: string;
  /** Units in the channel's own open holds. */
  readonly held: number;
  /** Of them those whose holds name their listing, by listing (`42`, `42:7`); left out: none. Of a bundle in bundles. */
  readonly heldByListing?: Readonly<Record<string, number>>;
  readonly revision: Revision;
  readonly position: Position;
  readonly sequence: number;
  /**
   * Of a bundle: its components in one of it. Its figures are in bundles, its `revision` is the recipe's, and `held` are
   * the most that the channel's own holds of components may be of.
   */
  readonly components?: readonly BundleComponent[];
  /** Of a bundle: those that take their components from several locations; with `byLocation` what is at hand. */
  readonly acrossLocations?: number;
};

/** `missing` are SKUs that the ledger has never seen. `at` is the database's time that decided about expiries. */
export type AvailabilityAnswer = {
  readonly at: Instant;
  readonly rows: readonly AvailabilityRow[];
  readonly missing: readonly string[];
};
