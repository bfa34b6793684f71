import type { RecordedEvent } from '#event-sourcing';
import { contentOfBundle, contentOfChannel, contentOfLocation } from '#policies';
import { asListingEvent, asPolicyEvent, kindOfEvent } from '../events/ledger-event.js';
import { keyOf, noChanges } from './changes.js';
import type { FoldChanges } from './changes.js';
import { foldRun } from './fold-run.js';
import { foldStockEvent } from './fold-stock-event.js';

/**
 * What a batch of the log changes in the fold's rows. Pure.
 * @throws UnknownEventTypeError, RevisionGapError
 */
export const foldBatch = (events: readonly RecordedEvent[]): FoldChanges => {
  const changes = noChanges();
  for (const event of events) foldEvent(changes, event);
  return changes;
};

const foldEvent = (changes: FoldChanges, event: RecordedEvent): void => {
  const kind = kindOfEvent(event);
  switch (kind) {
    case 'stock':
      return foldStockEvent(changes, event);
    case 'policy':
      return foldPolicyEvent(changes, event);
    case 'listing':
      return foldListingEvent(changes, event);
    case 'observation':
      return foldRun(changes, event);
    case 'order':
    case 'assembly':
      return;
    default:
      return kind satisfies never;
  }
};

const foldPolicyEvent = (changes: FoldChanges, recorded: RecordedEvent): void => {
  const event = asPolicyEvent(recorded);
  const { revision, position } = recorded;
  switch (event.type) {
    case 'ChannelDefined':
    case 'ChannelChanged':
      changes.channels.set(event.data.channel, { ...contentOfChannel(event), revision });
      return;
    case 'LocationDefined':
    case 'LocationChanged':
      changes.locations.set(event.data.location, { ...contentOfLocation(event), revision });
      return;
    case 'SkuPolicySet': {
      const { sku, channels } = event.data;
      changes.skuPolicies.set(sku, { sku, channels, revision });
      return;
    }
    case 'BundleRecipeSet':
      changes.bundles.set(event.data.sku, { ...contentOfBundle(event), revision, position });
      return;
    default:
      return event satisfies never;
  }
};

const foldListingEvent = (changes: FoldChanges, recorded: RecordedEvent): void => {
  const { data } = asListingEvent(recorded);
  const { stream, revision } = recorded;
  changes.listings.set(keyOf(data.channel, data.ids.product, data.ids.variant ?? ''), { ...data, stream, revision });
};
