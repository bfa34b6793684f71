import type { Instant, Position, RecordedEvent, Revision } from '#event-sourcing';
import type {
  Availability,
  BundleComponent,
  BundleRecipe,
  BundleTerm,
  ChannelPolicy,
  LocationPolicy,
  Origin,
} from '#atp';
import type { OrderLine, QuotaStanding, WitnessedKind } from '#stock';

/** The most rows of one page; a larger `limit` is cut to it. */
export const pageRowsMax = 1_000;

/** The most SKUs of one bulk question. */
export const bulkSkusMax = 1_000;

/** The most time a question for changes waits for the first one. */
export const changesWaitMillisMax = 30_000;

/** Rows after `after` (a cursor of an earlier page; undefined: from the first row), at most `limit` of them. */
export type PageRequest = { readonly after?: string | undefined; readonly limit: number };

/** `next` is the cursor of the page that follows; without it this was the last one. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string };

/** A question whose answer depends on a channel that may not exist. */
export type OfChannel<Answer> =
  { readonly kind: 'found'; readonly answer: Answer } | { readonly kind: 'unknown_channel' };

/** What is at a place. `onHand` is the sum of the buckets; `fenced` names only channels with units. */
export type Buckets = {
  readonly onHand: number;
  readonly sellable: number;
  readonly reserved: number;
  readonly committed: number;
  readonly quarantined: number;
  readonly damaged: number;
  readonly fenced: Readonly<Record<string, number>>;
};

export type LocationBalance = Buckets & {
  readonly location: string;
  /** The event of the SKU's stream that last changed these numbers. */
  readonly revision: Revision;
};

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

/** A component in the explanation of a bundle, in its own base units: `makes` bundles; `limits` where none makes fewer. */
export type ExplainedComponent = Omit<BundleTerm, 'availability'> &
  Pick<Availability, 'atp' | 'shown' | 'byLocation' | 'terms' | 'shownTerms'> & {
    readonly balances: readonly LocationBalance[];
  };

/** `missing` are SKUs that the ledger has never seen. `at` is the database's time that decided about expiries. */
export type AvailabilityAnswer = {
  readonly at: Instant;
  readonly rows: readonly AvailabilityRow[];
  readonly missing: readonly string[];
};

/** Why a number is what it is: its terms with their origins, and the policies they were read under. */
export type Explanation = AvailabilityRow & {
  readonly at: Instant;
  readonly terms: Availability['terms'];
  /** Why less is shown than may be promised; with atp they sum to `shown`. */
  readonly shownTerms: Availability['shownTerms'];
  readonly policy: ChannelPolicy;
  readonly balances: readonly LocationBalance[];
  readonly holds: readonly OpenHold[];
  /** Of a bundle: what says that it is one, and each component; terms, balances and holds are theirs, not the bundle's. */
  readonly recipe?: Origin;
  readonly explained?: readonly ExplainedComponent[];
};

/**
 * What an explanation would have said at a moment in the past. Without `revision` the SKU was not known then. What had been
 * announced by then is not kept.
 */
export type PastExplanation = Omit<Explanation, 'sequence' | 'revision' | 'position'> &
  Partial<Pick<Explanation, 'revision' | 'position'>>;

export type OpenHold = {
  readonly reservation: string;
  readonly channel: string;
  readonly quantity: number;
  readonly expiresAt: Instant;
  readonly listing?: string;
  readonly revision: Revision;
};

/** Units of an order line that are owed and that no place covers. */
export type OversoldLine = {
  readonly sku: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly line: string;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placedAt: Instant;
  readonly revision: Revision;
};

/** Locations, and transfers, that an oversold line lists. */
export const coverPlacesMax = 20;

/**
 * Where units of a SKU are that could cover what is owed: to be re-sourced from a place that the channel does not sell from,
 * sold again when a place is opened, or found usable after all. The sweeper serves from the channel's open places by itself.
 */
export type CoverPlace = {
  readonly location: string;
  readonly state: LocationPolicy['state'];
  /** Does the channel sell from there? */
  readonly ofChannel: boolean;
  readonly sellable: number;
  readonly quarantined: number;
};

/** Units that have left one location and not arrived at another. */
export type CoverTransfer = { readonly transfer: string; readonly to: string; readonly quantity: number };

/** Of each those with the most units first, at most `coverPlacesMax`. */
export type CoverableLine = OversoldLine & {
  readonly places: readonly CoverPlace[];
  readonly transfers: readonly CoverTransfer[];
};

/** A line of a purchase order on which something is still expected. `pledged` by carts and order lines. */
export type ExpectedLine = {
  readonly sku: string;
  readonly line: string;
  readonly connection: string;
  readonly location: string;
  readonly quantity: number;
  readonly received: number;
  readonly remaining: number;
  readonly orderedAt: Instant;
  readonly eta?: Instant;
  readonly confirmed: boolean;
  readonly confidence: number;
  readonly pledged: number;
  readonly revision: Revision;
};

/**
 * Why promised units will not come in time: nothing is expected on their line (`cancelled`), the supplier has not confirmed
 * it, nobody knows when it comes, its day has passed, it comes after the promised date, or it brings fewer than it was
 * promised for (those promised for the latest date lack theirs).
 */
export type BackorderRisk = 'cancelled' | 'not_confirmed' | 'eta_unknown' | 'overdue' | 'late' | 'short';

/** Units of an order line that wait for a line of a purchase order; `date` is what the customer was told. */
export type Backorder = {
  readonly sku: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly line: string;
  readonly incomingLine: string;
  readonly date: Instant;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placedAt: Instant;
  readonly revision: Revision;
  readonly atRisk?: { readonly units: number; readonly why: BackorderRisk };
};

/** `at`: as it will be at that moment if nothing happens until then. */
export type BackorderFilter = {
  readonly channel?: string | undefined;
  readonly sku?: string | undefined;
  readonly at?: Instant | undefined;
  readonly atRisk?: boolean | undefined;
};

/** Facts of witnesses that one page of discrepancies looks through, and those of its last SKU beyond. */
export const witnessFactsMax = 10_000;

/**
 * What a witness said that the author has not said, or said otherwise. `said` and `author` are by how much on hand changes
 * by the word of each. `by`: what was compared: all that was said of an order line, all under a document, or one `fact` for
 * which there is none of the author's. Of `facts` many, the newest says where and when. `since`: when it became one.
 */
export type Discrepancy = {
  readonly sku: string;
  readonly kind: WitnessedKind;
  readonly connection: string;
  readonly by: 'order_line' | 'document' | 'fact';
  readonly location: string;
  readonly sourceKey: string;
  readonly order?: OrderLine;
  readonly document?: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly facts: number;
  readonly said: number;
  readonly author: number;
  readonly since: Instant;
};

/** `at`: as it will be at that moment if nothing happens until then. */
export type DiscrepancyFilter = {
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
  readonly connection?: string | undefined;
  readonly at?: Instant | undefined;
};

/** A SKU as it stands. `openHolds` counts those that have not expired at `at`. */
export type SkuStock = {
  readonly sku: string;
  readonly at: Instant;
  readonly revision: Revision;
  readonly position: Position;
  readonly openedAt: Instant;
  readonly locations: readonly LocationBalance[];
  readonly onHand: number;
  readonly openHolds: number;
  readonly heldUnits: number;
  readonly oversold: number;
  readonly oversoldLines: readonly OversoldLine[];
  /** Those that were set, in the order in which they are filled. */
  readonly quotas: readonly QuotaStanding[];
};

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

/** An event of a SKU with what it left behind at each location that it touched. */
export type HistoryRow = {
  readonly event: RecordedEvent;
  readonly after: readonly (Buckets & { readonly location: string; readonly physicalDelta: number })[];
};

/** `direction`: newest first (`desc`, the default) or in the order of recording. Cursors are of one direction. */
export type HistoryRequest = PageRequest & { readonly direction?: 'asc' | 'desc' };

/** One announced change of what a channel should show. `sequence` grows over everything; it is the feed's cursor. */
export type Change = {
  readonly sequence: number;
  readonly sku: string;
  readonly channel: string;
  readonly atp: number;
  readonly shown: number;
  readonly held: number;
  readonly state: Availability['state'];
  readonly position: Position;
  readonly announcedAt: Instant;
};

export type ChangesRequest = {
  /** Changes with a higher sequence; 0 for all that are kept (see `lastSequence`). */
  readonly after: number;
  readonly channel?: string | undefined;
  readonly limit: number;
  /** Wait this long for the first change, 0 for not at all; at most `changesWaitMillisMax`. */
  readonly waitMillis?: number;
  readonly signal?: AbortSignal;
};

export type ListingRow = {
  readonly channel: string;
  readonly product: string;
  readonly variant?: string;
  readonly sku: string;
  readonly unitsPerSale: number;
  readonly revision: Revision;
};

export type ChannelRow = ChannelPolicy;
export type LocationRow = LocationPolicy;

export const runStates = ['accepted', 'held', 'released', 'rejected'] as const;
/** A run of figures as it was judged. `waiting`: rows that a person has yet to release or reject. */
export type RunRow = {
  readonly connection: string;
  readonly run: string;
  readonly location: string;
  readonly asOf: Instant;
  readonly kind: string;
  readonly rowCount: number;
  readonly units: number;
  readonly reasons: readonly object[];
  readonly judgedAt: Instant;
  readonly state: (typeof runStates)[number];
  readonly waiting: number;
};

/** Where a projection stands; a version that is being rebuilt beside the live one is listed too. */
export type ProjectionStatus = {
  readonly name: 'fold' | 'history' | 'index';
  readonly version: number;
  readonly live: boolean;
  readonly position?: Position;
};

export type ReadModelStatus = {
  readonly at: Instant;
  readonly projections: readonly ProjectionStatus[];
  /** SKUs that wait to be announced, and since when the oldest does. */
  readonly due: { readonly skus: number; readonly oldest?: Instant };
};

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
  /** What is owed and covered by no place, in the order in which it is served: paid lines first, then the oldest. */
  /** Lines of purchase orders that are not complete, by SKU and line. */
  readonly incoming: (
    page: PageRequest,
    of?: { readonly sku?: string | undefined; readonly location?: string | undefined },
  ) => Promise<Page<ExpectedLine>>;
  /** Promises on incoming units, by the date that was promised. */
  readonly backorders: (page: PageRequest, of?: BackorderFilter) => Promise<Page<Backorder>>;
  readonly oversold: (
    page: PageRequest,
    of?: { readonly channel?: string | undefined; readonly sku?: string | undefined },
  ) => Promise<Page<CoverableLine>>;
  /** By SKU. A page looks through `witnessFactsMax` facts: it may hold few rows, or none, and have a `next`. */
  readonly discrepancies: (page: PageRequest, of?: DiscrepancyFilter) => Promise<Page<Discrepancy>>;
  readonly changes: (request: ChangesRequest) => Promise<readonly Change[]>;
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
