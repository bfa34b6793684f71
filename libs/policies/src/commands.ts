import type { BundleComponent, LocationKind, LocationState } from '#atp';
import type { ChannelTerms, LocationContent, ProductIds, SkuPolicyContent } from './events.js';

/**
 * Opens a channel. The same again changes nothing; other content under the same code is refused. Its locations are
 * defined before, `locationsPerChannelMax` at most; a hold lives 1 s to 7 d.
 */
export type DefineChannel = {
  readonly kind: 'define_channel';
  readonly channel: string;
  readonly connection: string;
} & ChannelTerms;

/** What whoever changes a policy has seen of it, so that nobody's change is undone unseen; and why. */
type Change = {
  /** Of the policy's stream, as it was read. */
  readonly revision: number;
  readonly reason?: string;
};

/** All terms of a channel anew. Those that stand already change nothing, whatever the revision. */
export type ChangeChannel = { readonly kind: 'change_channel'; readonly channel: string } & ChannelTerms & Change;

/** A location's content; its kind is named in full where `kind` is the command's. Left out: one's own, and open. */
type LocationTerms = Pick<LocationContent, 'location' | 'author' | 'authors' | 'observers' | 'dispatch'> & {
  readonly locationKind?: LocationKind;
  readonly state?: LocationState;
};

/** Opens a location with its author; `authors` gives single kinds of fact to another connection. */
export type DefineLocation = { readonly kind: 'define_location' } & LocationTerms;

/** All of a location anew. What stands already changes nothing, whatever the revision. */
export type ChangeLocation = { readonly kind: 'change_location' } & LocationTerms & Change;

/**
 * All that a SKU has of its own anew; `revision` -1: it has had nothing yet. What stands already changes nothing, whatever
 * the revision.
 */
export type SetSkuPolicy = { readonly kind: 'set_sku_policy' } & SkuPolicyContent & Change;

export type ChannelCommand = DefineChannel | ChangeChannel;
export type LocationCommand = DefineLocation | ChangeLocation;

/**
 * What the SKU stands for from now on, whole; without components it is a bundle no longer. Over the revision of its stream
 * as it was read (-1: it has none). What stands already changes nothing. Lines of orders that were frozen before keep theirs.
 */
export type SetBundle = {
  readonly kind: 'set_bundle';
  readonly sku: string;
  /** `componentsPerBundleMax` at most, each SKU once, 1 to `componentUnitsMax` units of each. */
  readonly components: readonly BundleComponent[];
} & Change;

/** What the channel sells under these ids from now on. Lines of orders that were frozen before keep their SKU. */
export type MapListing = {
  readonly kind: 'map_listing';
  readonly channel: string;
  readonly ids: ProductIds;
  readonly sku: string;
  /** Base units that one sold unit takes: 1 to `unitsPerSaleMax`. */
  readonly unitsPerSale: number;
};
