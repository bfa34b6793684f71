import type { OrderSnapshot } from '#channel-kit';
import type { Position } from '#event-sourcing';

/** An order for the ledger's intake. `version` grows with every reading of it. */
export type OrderMessage = {
  readonly channel: string;
  /** Principal of the order. */
  readonly connection: string;
  readonly orderKey: string;
  readonly version: number;
  readonly snapshot: OrderSnapshot;
};

export type OrderVersion = Pick<OrderMessage, 'channel' | 'orderKey' | 'version'>;

/** An order version that the ledger does not take by itself: nobody waits for it, a person has to look. */
export type RefusedOrder = OrderVersion & {
  /** Stable: of the dead letter, `target_refused` where a SKU does not take what its order wants of it. */
  readonly code: string;
  /** For a person. */
  readonly detail: string;
};

/** What has become of some orders. One that is in neither list is on its way. */
export type OrdersTaken = {
  /** `figures` includes their effects from now on: this version or a newer one has reached all of its SKUs. */
  readonly included: readonly OrderVersion[];
  /** Asked again later, one may be included: a person has let it in, or a newer version has come. */
  readonly refused: readonly RefusedOrder[];
};

/** What the ledger says of a SKU in a channel at one position, now. Units of the SKU. */
export type SkuFigures = {
  readonly sku: string;
  readonly shown: number;
  /**
   * Units in open holds that name their listing, by listing: `42`, `42:7`. Holds that name none count for none. Of a bundle
   * in bundles.
   */
  readonly heldByListing: Readonly<Record<string, number>>;
  /** Of the pair's last announcement; 0: none yet. */
  readonly sequence: number;
  readonly position: Position;
};

/** A pair was announced anew. By its figures rows are put in order; they are asked for again when a row has its turn. */
export type AnnouncedPair = Pick<SkuFigures, 'sku' | 'shown' | 'heldByListing' | 'sequence'> & {
  readonly channel: string;
};

/** The ledger, as the workers see it. */
export type LedgerSide = {
  /** Resolves when all are stored durably where the ledger takes them in from. @throws where nobody knows whether they are */
  readonly tell: (orders: readonly OrderMessage[]) => Promise<void>;
  /** At most 500. A line that waits for its listing keeps no order from being included: it waits by itself. */
  readonly included: (orders: readonly OrderVersion[]) => Promise<OrdersTaken>;
  /** SKUs that the ledger has never seen are left out. At most 1,000. @throws where the ledger knows no such channel */
  readonly figures: (channel: string, skus: readonly string[]) => Promise<readonly SkuFigures[]>;
  /**
   * Calls `hear` with every pair that is announced, at least once, also those from before the start that were not heard.
   * What `hear` rejects comes again, after a rest. It may be called again while an earlier call is under way, for other pairs.
   * Runs until stopped.
   */
  readonly follow: (
    hear: (pairs: readonly AnnouncedPair[]) => Promise<void>,
  ) => Promise<{ readonly stop: () => Promise<void> }>;
};
