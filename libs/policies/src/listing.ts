import { accepted, refused, type Decider, type Instant, type Known, type StreamKind } from '#event-sourcing';
import type { ChannelPolicy } from '#atp';
import { firstOf, invalid, outOfRange, unitsPerSaleMax } from './checks.js';
import { badCode, badExternalId, badKey } from './codes.js';
import type { MapListing } from './commands.js';
import type { ListingEvent, ProductIds } from './events.js';
import { keylessKind, onlyEvent } from './keyless-kind.js';
import type { PolicyRefusal } from './refusals.js';

/** What a listing's decisions look up: the channels that are defined (a PolicyBook will do). */
export type KnownChannels = { readonly channels: ReadonlyMap<string, ChannelPolicy> };

export type ListingState = { readonly mapped: ListingEvent['data'] | null };

const unknownChannel = (channel: string, known: KnownChannels): PolicyRefusal | undefined =>
  known.channels.has(channel) ? undefined : { code: 'unknown_channel', channel };

const invalidIds = (ids: ProductIds): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('ids.product', badExternalId(ids.product)),
    () => (ids.variant === undefined ? undefined : invalid('ids.variant', badExternalId(ids.variant))),
  );

const refusalOf = (command: MapListing, known: KnownChannels): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('channel', badCode(command.channel)),
    () => invalidIds(command.ids),
    () => invalid('sku', badKey(command.sku)),
    () => outOfRange('unitsPerSale', command.unitsPerSale, 1, unitsPerSaleMax),
    () => unknownChannel(command.channel, known),
  );

const standsAlready = ({ mapped }: ListingState, command: MapListing): boolean =>
  mapped !== null && mapped.sku === command.sku && mapped.unitsPerSale === command.unitsPerSale;

const mappedBy = ({ channel, ids, sku, unitsPerSale }: MapListing, now: Instant): ListingEvent => ({
  type: 'ListingMapped',
  data: { channel, ids, sku, unitsPerSale },
  occurredAt: now,
});

/** A listing may change as often as the channel likes; what stands already is not said twice. */
export const listingDecider: Decider<
  ListingState,
  MapListing,
  ListingEvent,
  PolicyRefusal,
  KnownChannels,
  Known<never>
> = {
  initialState: () => ({ mapped: null }),
  decide: ({ command, now, policy }, state) => {
    const refusal = refusalOf(command, policy);
    if (refusal !== undefined) return refused(refusal);
    return standsAlready(state, command) ? accepted() : accepted(mappedBy(command, now));
  },
  evolve: (_state, event) => ({ mapped: onlyEvent('ListingMapped', event).data }),
};

/** Streams `listing-<channel>-<encoded ids>`; see `listingStream`. */
export const listingKind: StreamKind<ListingState, MapListing, ListingEvent, PolicyRefusal, KnownChannels, never> =
  keylessKind({ prefix: 'listing', decider: listingDecider });
