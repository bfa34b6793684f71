import type { Instant, Position } from '#event-sourcing';
import type { Page } from './page.js';
import type { Buckets } from './stock.js';

/**
 * A moment of the past. `knownAt`: what the ledger said then (events recorded up to it; now when left out).
 * `happenedAt`: what had happened by then according to what was known at `knownAt`; only what is physically there can
 * be told so (`on_hand`): promises have no moment of happening out there.
 */
export type Moment = { readonly knownAt?: Instant | undefined; readonly happenedAt?: Instant | undefined };

/** Balances at a moment: all buckets when only `knownAt` was asked, on hand alone with `happenedAt`. */
export type BalanceAt =
  | ({ readonly sku: string; readonly location: string; readonly basis: 'all' } & Buckets)
  | { readonly sku: string; readonly location: string; readonly basis: 'on_hand'; readonly onHand: number };

/**
 * Both moments as they were used, filled in. `knownTo` is the last position of the history when its first page was read:
 * all pages rest on that, whatever comes meanwhile. A `knownAt` that was not asked for is the time of that reading; asked
 * for later, it may tell of events too that were decided by then and stored after.
 */
export type MomentUsed = { readonly knownAt: Instant; readonly happenedAt?: Instant; readonly knownTo?: Position };

export type StockAt = Page<BalanceAt> & { readonly moment: MomentUsed };

export type SkuStockAt = {
  readonly sku: string;
  readonly moment: MomentUsed;
  readonly locations: readonly BalanceAt[];
};
