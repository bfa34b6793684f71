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

/** What the ledger says of a SKU in a channel at one position, now. Units of the SKU. */
export type SkuFigures = {
  readonly sku: string;
  readonly shown: number;
  /** Units in open holds that name their listing, by listing: `42`, `42:7`. Holds that name none count for none. */
  readonly heldByListing: Readonly<Record<string, number>>;
  /** Of the pair's last announcement; 0: none yet. */
  readonly sequence: number;
  readonly position: Position;
};

/** A pair was announced anew: its figures are asked for when its rows have their turn. */
export type AnnouncedPair = { readonly channel: string; readonly sku: string; readonly sequence: number };

/** The ledger, as the workers see it. */
export type LedgerSide = {
  /** Resolves when all are stored durably where the ledger takes them in from. @throws where nobody knows whether they are */
  readonly tell: (orders: readonly OrderMessage[]) => Promise<void>;
  /** Those whose effects `figures` includes from now on: this version or a newer one has reached all of its SKUs. */
  readonly included: (orders: readonly OrderVersion[]) => Promise<readonly OrderVersion[]>;
  /** SKUs that the ledger has never seen are left out. At most 1,000. */
  readonly figures: (channel: string, skus: readonly string[]) => Promise<readonly SkuFigures[]>;
  /**
   * Calls `hear` with every pair that is announced, at least once, also those from before the start that were not heard.
   * What `hear` rejects comes again. Runs until stopped.
   */
  readonly follow: (
    hear: (pairs: readonly AnnouncedPair[]) => Promise<void>,
  ) => Promise<{ readonly stop: () => Promise<void> }>;
};
