import type { Instant, RecordedEvent } from '#event-sourcing';
import type { BundleRecipe } from '#atp';
import type { AvailabilityAnswer, AvailabilityRow } from './availability.js';
import type { Change, ChangesRequest, NewestAsked } from './changes.js';
import type { Discrepancy, DiscrepancyFilter } from './discrepancies.js';
import type { Explanation, PastExplanation } from './explanation.js';
import type { HistoryRequest, HistoryRow } from './history.js';
import type { Backorder, BackorderFilter, ExpectedLine } from './incoming.js';
import type { ChannelRow, ListingRow, LocationRow, RunRow } from './lists.js';
import type { Moment, SkuStockAt, StockAt } from './moments.js';
import type { CoverableLine } from './oversold.js';
import type { OfChannel, Page, PageRequest } from './page.js';
import type { ReadModelStatus } from './status.js';
import type { SkuStock } from './stock.js';

/**
 * Every question that the read side answers. All of them read PostgreSQL; none holds a state between two calls.
 * Pages are ordered by the bytes of their keys; a cursor survives restarts and rebuilds.
 */
export type Queries = {
  /** @throws RangeError over `bulkSkusMax` SKUs. */
  readonly availability: (channel: string, skus: readonly string[]) => Promise<OfChannel<AvailabilityAnswer>>;
  /** The SKUs of a channel: those of its listings; where it has none, those ever held or expected at one of its locations and the bundles of which it knows all components so. */
  readonly availabilityOfChannel: (
    channel: string,
    page: PageRequest,
  ) => Promise<OfChannel<Page<AvailabilityRow> & { readonly at: Instant }>>;
  readonly explain: (channel: string, sku: string) => Promise<OfChannel<Explanation | undefined>>;
  /** What `explain` would have answered at a moment, by what the ledger knew then. Folds the SKU's stream up to it. */
  readonly explainAt: (
    channel: string,
    sku: string,
    knownAt: Instant,
  ) => Promise<
    OfChannel<PastExplanation | undefined> | { readonly kind: 'too_many_events'; readonly eventsMax: number }
  >;
  readonly stockOf: (sku: string) => Promise<SkuStock | undefined>;
  readonly stockAt: (moment: Moment, page: PageRequest) => Promise<StockAt>;
  readonly stockOfAt: (sku: string, moment: Moment) => Promise<SkuStockAt | undefined>;
  readonly historyOf: (sku: string, request: HistoryRequest) => Promise<Page<HistoryRow> | undefined>;
  /** Every event of a channel's or location's policy stream in order; undefined: there is none. Read from the log. */
  readonly policyHistoryOf: (stream: string, page: PageRequest) => Promise<Page<RecordedEvent> | undefined>;
  /** Lines of purchase orders that are not complete, by SKU and line. */
  readonly incoming: (
    page: PageRequest,
    of?: { readonly sku?: string | undefined; readonly location?: string | undefined },
  ) => Promise<Page<ExpectedLine>>;
  /** Promises on incoming units, by the date that was promised. */
  readonly backorders: (page: PageRequest, of?: BackorderFilter) => Promise<Page<Backorder>>;
  /** What is owed and covered by no place, in the order in which it is served: paid lines first, then the oldest. */
  readonly oversold: (
    page: PageRequest,
    of?: { readonly channel?: string | undefined; readonly sku?: string | undefined },
  ) => Promise<Page<CoverableLine>>;
  /** By SKU. A page looks through `witnessFactsMax` facts: it may hold few rows, or none, and have a `next`. */
  readonly discrepancies: (page: PageRequest, of?: DiscrepancyFilter) => Promise<Page<Discrepancy>>;
  readonly changes: (request: ChangesRequest) => Promise<readonly Change[]>;
  /** Changes of these sequences (`after` left out) behind which no other one of their pair has come. */
  readonly newestChanges: (asked: NewestAsked) => Promise<readonly Change[]>;
  /** The sequence of the newest change: where a subscriber begins that wants only what comes. */
  readonly lastSequence: () => Promise<number>;
  readonly listings: (channel: string, page: PageRequest) => Promise<Page<ListingRow>>;
  /** Every SKU that has a recipe, those of which it has ended included, in the order of SKUs. */
  readonly bundles: (page: PageRequest) => Promise<Page<BundleRecipe>>;
  readonly channels: () => Promise<readonly ChannelRow[]>;
  readonly locations: () => Promise<readonly LocationRow[]>;
  /** Runs of figures in a state, or in any, by connection and key. */
  readonly runs: (state: RunRow['state'] | undefined, page: PageRequest) => Promise<Page<RunRow>>;
  readonly status: () => Promise<ReadModelStatus>;
};
