import { skuPolicyStream } from '#atp';
import type { Clock, EventStore, Lanes, Outcome } from '#event-sourcing';
import {
  channelStream,
  listingStream,
  locationStream,
  type ChannelState,
  type ChannelCommand,
  type ListingState,
  type LocationCommand,
  type LocationPolicyState,
  type MapListing,
  type PolicyRefusal,
  type SetSkuPolicy,
  type SkuPolicyState,
} from '#policies';
import { envelopeOf } from '../caller.js';
import { callerFrom, type Asker } from './asker.js';
import type { Ledger, LedgerLanes } from './ledger.js';
import type { PolicyFeed } from './policy-feed.js';

type Parts = {
  readonly store: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  readonly policies: PolicyFeed;
  readonly lanes: Pick<LedgerLanes, 'channels' | 'locations' | 'skus' | 'listings'>;
};
type PolicyOutcome<State> = Promise<Outcome<State, PolicyRefusal>>;

/** Opens and changes policies, and maps listings. A policy answers once this process decides by it. */
export const definingPolicies = ({
  store,
  clock,
  policies,
  lanes,
}: Parts): Pick<Ledger, 'setChannel' | 'setLocation' | 'setSkuPolicy' | 'mapListing'> => {
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
  return {
    setChannel: (asker: Asker, command: ChannelCommand): PolicyOutcome<ChannelState> =>
      known(send(lanes.channels, asker, channelStream(command.channel), command)),
    setLocation: (asker: Asker, command: LocationCommand): PolicyOutcome<LocationPolicyState> =>
      known(send(lanes.locations, asker, locationStream(command.location), command)),
    setSkuPolicy: (asker: Asker, command: SetSkuPolicy): PolicyOutcome<SkuPolicyState> =>
      known(send(lanes.skus, asker, skuPolicyStream(command.sku), command)),
    mapListing: (asker: Asker, command: MapListing): PolicyOutcome<ListingState> =>
      send(lanes.listings, asker, listingStream(command.channel, command.ids), command),
  };
};

/** A definition is set, not added: the same again changes nothing, so without an id nothing is lost. */
const guardOf = (asker: Asker): 'id' | 'key' => (asker.idempotencyKey === undefined ? 'key' : 'id');
