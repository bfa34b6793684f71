import type { BundleComponent } from '#atp';
import type { Instant } from '#event-sourcing';

/** Every event on `order-<channel>-<orderKey>`. The three of one snapshot are one append. */

export type PaymentState = 'pending' | 'paid' | 'failed' | 'cancelled' | 'refunded' | 'trashed';

/** A product named by the channel's own ids, which its listings resolve. */
export type ListedProduct = { readonly product: string; readonly variant?: string };

/** What a line sells: its SKU and units per sale, or the channel's own ids, resolved by its listings. */
export type LineProduct = { readonly sku: string; readonly unitsPerSale: number } | { readonly ids: ListedProduct };

/**
 * One line of a snapshot, in sold units, all cumulative. `cancelled` includes refunds before issue; `refunded` are the
 * units refunded, `restocked` those of them that the shop put back into its stock. `shipped` as the shop says it.
 */
export type SnapshotLine = {
  readonly line: string;
  readonly product: LineProduct;
  readonly ordered: number;
  readonly cancelled: number;
  readonly shipped?: number;
  readonly refunded?: number;
  readonly restocked?: number;
  readonly location?: string;
};

/** The whole order as its channel has it. `version` grows strictly: the shop's own, else a ticket drawn before reading. */
export type Snapshot = {
  readonly version: number;
  readonly placedAt: Instant;
  readonly changedAt: Instant;
  readonly payment: PaymentState;
  /** The cart whose hold this order consumes (`reservation` of the stock streams is `<channel>:<cart>`). */
  readonly cart?: string;
  readonly lines: readonly SnapshotLine[];
};

/** What a bundle stood for when a line of it was frozen: its recipe's revision and its components, each in one bundle. */
export type FrozenBundle = { readonly revision: number; readonly components: readonly BundleComponent[] };

/** A line that will never change its meaning: (line id, product ids) -> SKU and units per sale, and of a bundle its recipe. */
export type FrozenLine = {
  /** The key of this line on the SKU streams: the line id, or `<line id>~<n>` for its n-th product. */
  readonly key: string;
  readonly line: string;
  /** The product as the snapshot named it, canonical: what a line's identity is compared by. */
  readonly product: string;
  readonly sku: string;
  readonly unitsPerSale: number;
  /** The revision of the listing that resolved it. */
  readonly listing?: { readonly stream: string; readonly revision: number };
  /** Left out: the SKU is stocked itself. */
  readonly bundle?: FrozenBundle;
};

/** The target of one frozen line on a SKU stream, in base units, cumulative: one of each component of a bundle. 0 stays listed. */
export type LineTarget = {
  readonly line: string;
  readonly sku: string;
  /** The revision of this order's stream at which this target last changed: its version on the SKU stream. */
  readonly version: number;
  readonly ordered: number;
  readonly promised: number;
  readonly baselineIssued: number;
  readonly baselineReturned: number;
  readonly shipped?: number;
  readonly restocked?: number;
  readonly withheld: number;
  readonly location?: string;
  readonly paid: boolean;
};

type Event<Type extends string, Data> = { readonly type: Type; readonly data: Data; readonly occurredAt: Instant };

/** `hash` is the digest of the snapshot: the same version with another hash is refused. */
export type OrderRecorded = Event<
  'OrderRecorded',
  { readonly channel: string; readonly orderKey: string; readonly snapshot: Snapshot; readonly hash: string }
>;
/** A line whose ids no listing explains yet. */
export type UnmappedLine = { readonly line: string; readonly ids: ListedProduct };
/** `lines` are frozen now; `unmapped` are all lines of the newest snapshot that wait for a listing. */
export type OrderLinesResolved = Event<
  'OrderLinesResolved',
  {
    readonly channel: string;
    readonly orderKey: string;
    readonly lines: readonly FrozenLine[];
    readonly unmapped: readonly UnmappedLine[];
  }
>;
export type OrderTargetsSet = Event<
  'OrderTargetsSet',
  {
    readonly channel: string;
    readonly orderKey: string;
    readonly connection: string;
    readonly placedAt: Instant;
    readonly reservation?: string;
    readonly targets: readonly LineTarget[];
  }
>;
/** First contact with a running shop: what is in the opening figure already is remembered and never posted. */
export type OrderBaselined = Event<
  'OrderBaselined',
  {
    readonly channel: string;
    readonly orderKey: string;
    readonly lines: readonly { readonly line: string; readonly issued: number; readonly returned: number }[];
  }
>;

export type OrderEvent = OrderRecorded | OrderLinesResolved | OrderTargetsSet | OrderBaselined;
