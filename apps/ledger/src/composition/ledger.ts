import type { Clock, Kernel, Lanes, Outcome } from '#event-sourcing';
import type { RunCommand, RunRefusal, RunState } from '#observations';
import type { OrderCommand, OrderRefusal, OrderState } from '#orders';
import type {
  BundleState,
  ChannelCommand,
  ChannelState,
  ListingState,
  LocationCommand,
  LocationPolicyState,
  MapListing,
  PolicyRefusal,
  SetSkuPolicy,
  SkuPolicyState,
  SetBundle,
} from '#policies';
import type {
  AcknowledgeCommitment,
  FactCommand,
  MoveCommitment,
  SetQuota,
  StockCommand,
  StockRefusal,
  StockState,
  AssemblyRefusal,
  AssemblyState,
  RecordAssembly,
} from '#stock';
import type { AssemblyAnswer, AssemblyReport } from '../assemblies/assembly-desk.js';
import type { Asker } from './asker.js';
import type { Carts } from './carts.js';
import type { Observations } from './observations.js';
import type { Orders } from './orders.js';
import type { PolicyFeed } from './policy-feed.js';

/** A fact as it is reported; its content hash is added where it is sent on. */
export type FactReport = FactCommand extends infer Fact
  ? Fact extends FactCommand
    ? Omit<Fact, 'hash'>
    : never
  : never;

/** What is asked of one SKU, and may be refused. */
export type StockRequest = MoveCommitment | AcknowledgeCommitment | SetQuota;

/** The lanes of every kind of stream. */
export type LedgerLanes = {
  readonly stock: Lanes<StockState, StockCommand, StockRefusal>;
  readonly assemblies: Lanes<AssemblyState, RecordAssembly, AssemblyRefusal>;
  readonly orders: Lanes<OrderState, OrderCommand, OrderRefusal>;
  readonly channels: Lanes<ChannelState, ChannelCommand, PolicyRefusal>;
  readonly locations: Lanes<LocationPolicyState, LocationCommand, PolicyRefusal>;
  readonly skus: Lanes<SkuPolicyState, SetSkuPolicy, PolicyRefusal>;
  readonly bundles: Lanes<BundleState, SetBundle, PolicyRefusal>;
  readonly listings: Lanes<ListingState, MapListing, PolicyRefusal>;
  readonly runs: Lanes<RunState, RunCommand, RunRefusal>;
};

/** Everything that accepts commands, without HTTP: what Nest's handlers, the replay, benches and tests all call. */
export type Ledger = {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly lanes: LedgerLanes;
  readonly policies: PolicyFeed;
  /** `momentGiven`: the reporter said when it happened; else the moment is ours, and no part of what was said. */
  readonly report: (
    asker: Asker,
    sku: string,
    fact: FactReport,
    said: { readonly momentGiven: boolean },
  ) => Promise<Outcome<StockState, StockRefusal>>;
  /** A request of one SKU that is no cart's. */
  readonly ask: (asker: Asker, sku: string, command: StockRequest) => Promise<Outcome<StockState, StockRefusal>>;
  /** Takes in an assembly as a whole; the answer follows its own append and says which SKUs have heard their part. */
  readonly assemble: (
    asker: Asker,
    assembly: AssemblyReport,
    said: { readonly momentGiven: boolean },
  ) => Promise<AssemblyAnswer>;
  readonly carts: Carts;
  readonly orders: Orders;
  readonly observations: Observations;
  /** Opens a channel or changes it. Answers once this process decides by it. */
  readonly setChannel: (asker: Asker, command: ChannelCommand) => Promise<Outcome<ChannelState, PolicyRefusal>>;
  /** Opens a location or changes it. Answers once this process decides by it. */
  readonly setLocation: (
    asker: Asker,
    command: LocationCommand,
  ) => Promise<Outcome<LocationPolicyState, PolicyRefusal>>;
  /** Sets what a SKU has of its own in channels. Answers once this process decides by it. */
  readonly setSkuPolicy: (asker: Asker, command: SetSkuPolicy) => Promise<Outcome<SkuPolicyState, PolicyRefusal>>;
  /** Says what a SKU stands for. Answers once this process decides by it. */
  readonly setBundle: (asker: Asker, command: SetBundle) => Promise<Outcome<BundleState, PolicyRefusal>>;
  readonly mapListing: (asker: Asker, command: MapListing) => Promise<Outcome<ListingState, PolicyRefusal>>;
  /** Takes no more commands, answers those it has, ends what runs by itself. Bounded by the commands' deadlines. */
  readonly stop: () => Promise<void>;
};

export const LEDGER = Symbol('Ledger');
