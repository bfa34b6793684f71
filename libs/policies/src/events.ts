import type {
  BackorderPolicy,
  BufferPolicy,
  BundleComponent,
  DispatchPolicy,
  LocationKind,
  LocationState,
  ObserverPolicy,
  PaymentClasses,
  Share,
  SkuPolicy,
} from '#atp';
import type { Instant } from '#event-sourcing';
import type { FactKind } from './kinds.js';

type Event<Type extends string, Data> = { readonly type: Type; readonly data: Data; readonly occurredAt: Instant };

/** What a channel sells from, and how. What may be left out is none then. */
export type ChannelTerms = {
  /** In the order of taking; at least one. */
  readonly locations: readonly string[];
  readonly reservationTtlMillis: number;
  readonly splitCarts: boolean;
  readonly buffer?: BufferPolicy;
  readonly cap?: Share;
  /** Units that have not arrived may be promised this far ahead; left out: never. */
  readonly backorder?: BackorderPolicy;
  /** Never empty. */
  readonly paymentClasses?: PaymentClasses;
};
export type ChannelContent = ChannelTerms & { readonly channel: string; readonly connection: string };

/** Opens `policy-channel-<channel>`. */
export type ChannelDefined = Event<'ChannelDefined', ChannelContent>;
/** Its terms are these from now on, all of them; the connection stays. */
export type ChannelChanged = Event<'ChannelChanged', ChannelContent & Reason>;

/** Why, in the words of whoever did it. */
type Reason = { readonly reason?: string };

/** `authors` gives single kinds of fact to another connection than `author`. */
export type LocationContent = {
  readonly location: string;
  readonly author: string;
  readonly authors: { readonly [Kind in FactKind]?: string };
  readonly kind: LocationKind;
  readonly state: LocationState;
  /** How the figures of single connections are judged there; others are judged in the usual way. */
  readonly observers?: readonly ObserverPolicy[];
  /** Left out: nobody has said when units leave. */
  readonly dispatch?: DispatchPolicy;
};

/** Opens `policy-location-<location>`. The first ones have neither kind nor state: see `contentOfLocation`. */
export type LocationDefined = Event<
  'LocationDefined',
  Omit<LocationContent, 'kind' | 'state'> & Partial<Pick<LocationContent, 'kind' | 'state'>>
>;
/** It is like this from now on, all of it. */
export type LocationChanged = Event<'LocationChanged', LocationContent & Reason>;

/** What a SKU has of its own, by channel; a channel without any term of its own is left out. */
export type SkuPolicyContent = Omit<SkuPolicy, 'revision'>;

/** On `policy-sku-<SKU>`: these are its own terms from now on, all of them. */
export type SkuPolicySet = Event<'SkuPolicySet', SkuPolicyContent & Reason>;

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

/** What a SKU that is sold but never stocked stands for. */
export type BundleContent = { readonly sku: string; readonly components: readonly BundleComponent[] };

/** On `policy-bundle-<SKU>`: the recipe from now on, all of it. Without components the SKU is a bundle no longer. */
export type BundleRecipeSet = Event<'BundleRecipeSet', BundleContent & Reason>;

export type ChannelEvent = ChannelDefined | ChannelChanged;
export type LocationEvent = LocationDefined | LocationChanged;
export type SkuPolicyEvent = SkuPolicySet;
export type ListingEvent = ListingMapped;
export type BundleEvent = BundleRecipeSet;
