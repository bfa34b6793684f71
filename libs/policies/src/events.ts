import type { Instant } from '#event-sourcing';
import type { FactKind } from './kinds.js';

type Event<Type extends string, Data> = { readonly type: Type; readonly data: Data; readonly occurredAt: Instant };

/** Opens `policy-channel-<channel>`. */
export type ChannelDefined = Event<
  'ChannelDefined',
  {
    readonly channel: string;
    readonly connection: string;
    /** In the order of taking; at least one. */
    readonly locations: readonly string[];
    readonly reservationTtlMillis: number;
    readonly splitCarts: boolean;
  }
>;

/** Opens `policy-location-<location>`. `authors` gives single kinds of fact to another connection than `author`. */
export type LocationDefined = Event<
  'LocationDefined',
  {
    readonly location: string;
    readonly author: string;
    readonly authors: { readonly [Kind in FactKind]?: string };
  }
>;

/** The ids of a product in a channel's own terms; the variant is left out where the product has none. */
export type ProductIds = { readonly product: string; readonly variant?: string };

/** On `listing-<channel>-<product ids>`: what the channel sells under these ids from now on. */
export type ListingMapped = Event<
  'ListingMapped',
  {
    readonly channel: string;
    readonly ids: ProductIds;
    readonly sku: string;
    /** Base units that one sold unit takes. */
    readonly unitsPerSale: number;
  }
>;

export type ChannelEvent = ChannelDefined;
export type LocationEvent = LocationDefined;
export type ListingEvent = ListingMapped;
