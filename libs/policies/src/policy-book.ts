import type { BundleRecipe, ChannelPolicy, LocationPolicy, SkuPolicy } from '#atp';
import { emptyMap, type PersistentMap, type Position, type RecordedEvent } from '#event-sourcing';
import { contentOfBundle } from './bundle.js';
import { contentOfChannel } from './channel.js';
import type { BundleEvent, ChannelEvent, LocationEvent, SkuPolicyEvent } from './events.js';
import { contentOfLocation } from './location.js';
import { skuPolicyAfter } from './sku.js';

/**
 * Every channel, location and recipe of a bundle with the revision of its policy stream, and the SKUs that have terms of their
 * own (at most about `skuPoliciesMax`), as of `position` in the log. Small: every process
 * holds it in memory by a subscription on `policyPrefix`, and compares positions to read its own writes.
 */
export type PolicyBook = {
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  readonly locations: ReadonlyMap<string, LocationPolicy>;
  readonly skus: PersistentMap<SkuPolicy>;
  /** By SKU, at most `bundlesMax`; one that has ended has no components. */
  readonly bundles: PersistentMap<BundleRecipe>;
  readonly position?: Position;
};

/** What a subscription of a book asks for. */
export const policyPrefix = 'policy-';

export const emptyBook: PolicyBook = {
  channels: new Map(),
  locations: new Map(),
  skus: emptyMap(),
  bundles: emptyMap(),
};

type OfBook = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type' | 'data'>;

const withChannel = (book: PolicyBook, event: ChannelEvent, { revision, position }: OfBook): PolicyBook => {
  const channel: ChannelPolicy = { ...contentOfChannel(event), revision };
  return { ...book, channels: new Map(book.channels).set(channel.channel, channel), position };
};

const withLocation = (book: PolicyBook, event: LocationEvent, { revision, position }: OfBook): PolicyBook => {
  const location: LocationPolicy = { ...contentOfLocation(event), revision };
  return { ...book, locations: new Map(book.locations).set(location.location, location), position };
};

const withSku = (book: PolicyBook, event: SkuPolicyEvent, { revision, position }: OfBook): PolicyBook => {
  const { sku } = event.data;
  const own = skuPolicyAfter(event, revision);
  return { ...book, skus: own === undefined ? book.skus.without(sku) : book.skus.with(sku, own), position };
};

const withBundle = (book: PolicyBook, event: BundleEvent, { revision, position }: OfBook): PolicyBook => {
  const recipe: BundleRecipe = { ...contentOfBundle(event), revision };
  return { ...book, bundles: book.bundles.with(recipe.sku, recipe), position };
};

/**
 * The book after one more event of the log; events of other streams leave it as it is. Copies the map it changes.
 * @throws on an event of a policy stream that this version does not know: it must never be skipped.
 */
export const applyPolicyEvent = (book: PolicyBook, recorded: OfBook): PolicyBook => {
  if (!recorded.stream.startsWith(policyPrefix)) return book;
  const event = recorded as unknown as ChannelEvent | LocationEvent | SkuPolicyEvent | BundleEvent;
  switch (event.type) {
    case 'ChannelDefined':
    case 'ChannelChanged':
      return withChannel(book, event, recorded);
    case 'LocationDefined':
    case 'LocationChanged':
      return withLocation(book, event, recorded);
    case 'SkuPolicySet':
      return withSku(book, event, recorded);
    case 'BundleRecipeSet':
      return withBundle(book, event, recorded);
    default:
      throw new Error(
        `${recorded.stream}@${recorded.revision}: this version does not know the policy event ${recorded.type}`,
      );
  }
};
