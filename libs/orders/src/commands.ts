import type { ChannelPolicy, LocationPolicy, RecipeBook } from '#atp';
import type { Snapshot } from './events.js';

/**
 * The whole order as its channel has it now. `hash` is the digest of the snapshot, computed by the caller: the same
 * version with another hash is refused. Text is checked at the edge; numbers, counts and authority here.
 */
export type RecordOrder = {
  readonly kind: 'record';
  readonly connection: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly snapshot: Snapshot;
  readonly hash: string;
};

/** Looks again at the lines of the newest snapshot that wait for a listing. Changes nothing where none appeared. */
export type ResolveOrder = { readonly kind: 'resolve'; readonly channel: string; readonly orderKey: string };

/**
 * First contact with a running shop: units of each line, as sold and cumulative, that the opening figure has left out
 * (`issued`) or taken in (`returned`) already. They are remembered and never posted.
 */
export type BaselineOrder = {
  readonly kind: 'baseline';
  readonly connection: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly lines: readonly BaselineLine[];
};
export type BaselineLine = { readonly line: string; readonly issued: number; readonly returned: number };

export type OrderCommand = RecordOrder | ResolveOrder | BaselineOrder;

/** What a listing says: SKU and units per sale, and which event of which listing said so. */
export type Resolution = {
  readonly sku: string;
  readonly unitsPerSale: number;
  readonly listing: { readonly stream: string; readonly revision: number };
};

/**
 * What comes beside a command: every channel, location and recipe of a bundle (a PolicyBook has them), and by `productKey` what the listings
 * said when they were read for this very command.
 */
export type OrderPolicy = {
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  readonly locations: ReadonlyMap<string, LocationPolicy>;
  readonly bundles: RecipeBook;
  readonly resolutionsOf: (command: OrderCommand) => ReadonlyMap<string, Resolution>;
};
