import { recipeOf, skuPolicyStream } from '#atp';
import { NO_STREAM, type Clock, type EventStore, type Lanes, type Outcome } from '#event-sourcing';
import {
  bundleStream,
  channelStream,
  listingStream,
  locationStream,
  type BundleState,
  type ChannelState,
  type ChannelCommand,
  type ListingState,
  type LocationCommand,
  type LocationPolicyState,
  type MapListing,
  type PolicyRefusal,
  type SetSkuPolicy,
  type SkuPolicyState,
  type SetBundle,
} from '#policies';
import { envelopeOf } from '../caller.js';
import { callerFrom, type Asker } from './asker.js';
import type { Ledger, LedgerLanes } from './ledger.js';
import type { PolicyFeed } from './policy-feed.js';
import { stockStream } from './report-facts.js';

type Parts = {
  readonly store: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  readonly policies: PolicyFeed;
  readonly lanes: Pick<LedgerLanes, 'channels' | 'locations' | 'skus' | 'listings' | 'bundles' | 'stock'>;
};
type PolicyOutcome<State> = Promise<Outcome<State, PolicyRefusal>>;

/** Opens and changes policies, and maps listings. A policy answers once this process decides by it. */
export const definingPolicies = ({
  store,
  clock,
  policies,
  lanes,
}: Parts): Pick<Ledger, 'setChannel' | 'setLocation' | 'setSkuPolicy' | 'setBundle' | 'mapListing'> => {
  const send = <State, Command>(
    to: Lanes<State, Command, PolicyRefusal>,
    asker: Asker,
    stream: string,
    command: Command,
  ) => to.execute(envelopeOf(callerFrom(asker, clock), { stream, command, guard: guardOf(asker) }));
  const known = async <State>(outcome: PolicyOutcome<State>): PolicyOutcome<State> => {
    const answer = await outcome;
    if (answer.kind !== 'accepted') return answer;
    // What was there already (the same again, a repeated id) may be news to this process.
    const position = answer.position ?? (await store.head());
    if (position !== undefined) await policies.reached(position);
    return answer;
  };
  /** A bundle that stands already may be said again, whatever was reported of it since. */
  const stockOf = async ({ sku, components }: SetBundle): Promise<PolicyRefusal | undefined> => {
    if (components.length === 0 || recipeOf(policies.book().bundles, sku) !== undefined) return undefined;
    const [stock] = await lanes.stock.load([stockStream(sku)]);
    return stock === undefined || stock.revision < 0
      ? undefined
      : { code: 'sku_has_stock', sku, revision: stock.revision };
  };
  return {
    setChannel: (asker: Asker, command: ChannelCommand): PolicyOutcome<ChannelState> =>
      known(send(lanes.channels, asker, channelStream(command.channel), command)),
    setLocation: (asker: Asker, command: LocationCommand): PolicyOutcome<LocationPolicyState> =>
      known(send(lanes.locations, asker, locationStream(command.location), command)),
    setSkuPolicy: (asker: Asker, command: SetSkuPolicy): PolicyOutcome<SkuPolicyState> =>
      known(send(lanes.skus, asker, skuPolicyStream(command.sku), command)),
    setBundle: async (asker: Asker, command: SetBundle): PolicyOutcome<BundleState> => {
      const refusal = await stockOf(command);
      if (refusal !== undefined) return { kind: 'refused', refusal, revision: NO_STREAM };
      return known(send(lanes.bundles, asker, bundleStream(command.sku), command));
    },
    mapListing: (asker: Asker, command: MapListing): PolicyOutcome<ListingState> =>
      send(lanes.listings, asker, listingStream(command.channel, command.ids), command),
  };
};

/** A definition is set, not added: the same again changes nothing, so without an id nothing is lost. */
const guardOf = (asker: Asker): 'id' | 'key' => (asker.idempotencyKey === undefined ? 'key' : 'id');
