import type { FactKind } from './kinds.js';
import type { ProductIds } from './events.js';

/** Opens a channel. The same again changes nothing; other content under the same code is refused. */
export type DefineChannel = {
  readonly kind: 'define_channel';
  readonly channel: string;
  readonly connection: string;
  /** In the order of taking; at least one, at most `locationsPerChannelMax`, each defined before. */
  readonly locations: readonly string[];
  /** 1 s to 7 d. */
  readonly reservationTtlMillis: number;
  readonly splitCarts: boolean;
};

/** Opens a location with its author; `authors` gives single kinds of fact to another connection. */
export type DefineLocation = {
  readonly kind: 'define_location';
  readonly location: string;
  readonly author: string;
  readonly authors: { readonly [Kind in FactKind]?: string };
};

/** What the channel sells under these ids from now on. Lines of orders that were frozen before keep their SKU. */
export type MapListing = {
  readonly kind: 'map_listing';
  readonly channel: string;
  readonly ids: ProductIds;
  readonly sku: string;
  /** Base units that one sold unit takes: 1 to `unitsPerSaleMax`. */
  readonly unitsPerSale: number;
};
