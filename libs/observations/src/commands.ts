import type { ChannelPolicy, LocationPolicy } from '#atp';
import type { Instant } from '#event-sourcing';
import type { Evidence, Row, RunBasis, RunHeader } from './events.js';

/** A whole run as it arrived. It is never corrected: the next run is the correction. */
export type ReceiveRun = Omit<RunHeader, 'basis'> & {
  readonly command: 'receive';
  readonly basis: RunBasis | 'sellable';
  readonly rows: readonly Row[];
  /** SHA-256 (hex) of the canonical JSON of all of it, computed by the edge. */
  readonly hash: string;
};
/** Without `skus`: all rows that still wait. */
export type ReleaseRun = { readonly command: 'release'; readonly skus?: readonly string[]; readonly reason: string };
export type RejectRun = { readonly command: 'reject'; readonly reason: string };
export type RunCommand = ReceiveRun | ReleaseRun | RejectRun;

/** What runs are decided on: the policies, and what the ledger knew of a run's SKUs when it arrived. */
export type RunPolicy = {
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  readonly locations: ReadonlyMap<string, LocationPolicy>;
  readonly evidenceOf: (command: ReceiveRun) => Evidence | undefined;
};

/** Why not; looked for in this order. */
export type RunRefusal =
  | { readonly code: 'row_count_differs'; readonly rowCount: number; readonly rows: number }
  | { readonly code: 'too_many_rows'; readonly rows: number; readonly max: number }
  | { readonly code: 'duplicate_row'; readonly sku: string }
  | { readonly code: 'quantity_out_of_range'; readonly sku: string; readonly quantity: number; readonly max: number }
  | { readonly code: 'occurred_in_future'; readonly occurredAt: Instant; readonly now: Instant }
  | { readonly code: 'basis_not_supported'; readonly basis: string }
  | { readonly code: 'unknown_location'; readonly location: string }
  | {
      readonly code: 'not_author';
      readonly connection: string;
      readonly kind: 'count';
      readonly location: string;
      readonly author: string;
    }
  /** The same key, other content. */
  | { readonly code: 'run_reused'; readonly run: string }
  | { readonly code: 'count_too_old'; readonly asOf: Instant; readonly oldest: Instant }
  | { readonly code: 'unknown_run' }
  | { readonly code: 'run_not_held'; readonly state: string }
  | { readonly code: 'row_not_in_run'; readonly sku: string };
