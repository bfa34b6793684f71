import {
  createKernel,
  type Bounds,
  type Clock,
  type Digest,
  type EventStore,
  type KernelMetric,
  type KeyIndex,
  type Random,
  type SnapshotStore,
} from '#event-sourcing';
import { runKind } from '#observations';
import { orderKind } from '#orders';
import { booksBySku, bundleKind, channelKind, listingKind, locationKind, skuPolicyKind } from '#policies';
import {
  assemblyKind,
  isExpired,
  lineKeyOf,
  reservationKeyOf,
  stockKind,
  type StockPolicy,
  type StockState,
} from '#stock';
import {
  createDeliveries,
  createOrderDesk,
  createResolutionDesk,
  type BackstopCheckpoint,
  type OrderDeskDeps,
  type Undeliverable,
} from '../orders/index.js';
import { createEvidenceDesk, createRunDesk, type LostFigure, type Surroundings } from '../observations/index.js';
import type { CartDeskDeps } from '../reservations/index.js';
import { asking } from './asking.js';
import { createMemoryCartIndex, type CartIndex } from '../cart-index/index.js';
import { createCarts } from './carts.js';
import { definingPolicies } from './define-policies.js';
import type { Ledger, LedgerLanes } from './ledger.js';
import { createAssemblyDesk } from '../assemblies/assembly-desk.js';
import { callerFrom } from './asker.js';
import { createObservations } from './observations.js';
import { createOrders } from './orders.js';
import { startPolicyFeed, type PolicyFeed } from './policy-feed.js';
import { releasingLeftovers } from './leftovers.js';
import { reportingFacts, skuOf, stockStream } from './report-facts.js';
import { startSagas, type SweeperOptions } from './sagas.js';

export type LedgerOptions = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly random: Random;
  readonly keyIndex: KeyIndex;
  readonly snapshots?: SnapshotStore;
  readonly bounds?: Partial<Bounds>;
  /** See `KernelOptions.othersWrite`. */
  readonly othersWrite?: boolean;
  /** See `KernelOptions.gather`. */
  readonly gather?: () => Promise<void>;
  readonly onMetric?: (metric: KernelMetric) => void;
  /** How far the backstop of orders has come. */
  readonly backstop: BackstopCheckpoint;
  /** What the read side knows around a run of figures. Without it nothing is missing from one, and none goes backwards. */
  readonly surroundings?: Surroundings;
  /** How far the figures of runs have been told to their SKUs; without it every start tells them all again. */
  readonly figures?: BackstopCheckpoint;
  /** Which SKUs a cart holds, for all processes on one store; without it this one alone knows, until it ends. */
  readonly cartIndex?: CartIndex;
  /** Without it expired holds leave the balances with the next command, and a hundred lines at a time are served. */
  readonly sweeper?: SweeperOptions;
  readonly onUndeliverable?: (undeliverable: Undeliverable) => void;
  readonly onLostFigure?: (lost: LostFigure) => void;
  /** Something that runs by itself failed and is started again. */
  readonly onTrouble?: (what: string, error: unknown) => void;
};

/**
 * The write side without transport: one kernel, its lanes, carts and orders, and what brings orders to their SKUs after a
 * crash. Resolves when it may take commands: the policies are read.
 *
 * @example const ledger = await startLedger({ store, clock, digest, random, keyIndex, backstop });
 */
export const startLedger = async (options: LedgerOptions): Promise<Ledger> => {
  const { clock, digest } = options;
  const policies = await startPolicyFeed(options);
  const kernel = createKernel(kernelOptionsOf(options));
  const resolutions = createResolutionDesk();
  const evidence = createEvidenceDesk();
  const lanes = lanesOf(kernel, policies, { resolutions, evidence });
  const index = options.cartIndex ?? createMemoryCartIndex();
  const cartDesk: CartDeskDeps<StockState> = { stock: lanes.stock, stockStream, holdIn, clock };
  const carts = createCarts(cartDesk, index, policies.book);
  const deliveries = createDeliveries();
  const onConsumed = releasingLeftovers(cartDesk, index, policies, options.onTrouble);
  const desk = createOrderDesk({ ...orderDeskOf(lanes, digest), resolutions, deliveries, onConsumed });
  const assemblies = createAssemblyDesk({
    ...{ assemblies: lanes.assemblies, stock: lanes.stock, stockStream, deliveries, digest },
  });
  const sagas = startSagas({ ...options, lanes, desk, deliveries });
  const surroundings = options.surroundings ?? nothingAround;
  const runDesk = createRunDesk({
    ...{ runs: lanes.runs, stock: lanes.stock, stockStream, surroundings },
    ...{ evidence, digest, clock },
  });
  return {
    clock,
    kernel,
    lanes,
    policies,
    report: reportingFacts({ clock, digest, stock: lanes.stock }),
    ask: asking({ clock, stock: lanes.stock }),
    carts,
    assemble: (asker, assembly, { momentGiven }) => assemblies.record(assembly, momentGiven, callerFrom(asker, clock)),
    orders: createOrders({ clock, desk, lanes, keyIndex: options.keyIndex, stockStream }),
    observations: createObservations(runDesk, clock),
    ...definingPolicies({ store: options.store, clock, policies, lanes }),
    stop: async () => {
      await kernel.stop();
      await sagas.stop();
      await policies.stop();
    },
  };
};

const kernelOptionsOf = (options: LedgerOptions) => {
  const { store, clock, digest, random, keyIndex, snapshots, bounds, othersWrite, gather, onMetric } = options;
  return {
    ...{ store, clock, digest, random, keyIndex },
    ...(snapshots && { snapshots }),
    ...(bounds && { bounds }),
    ...(othersWrite !== undefined && { othersWrite }),
    ...(gather && { gather }),
    ...(onMetric && { onMetric }),
  };
};

const nothingAround: Surroundings = () => Promise.resolve({ held: 0, missing: 0, unitsBefore: 0 });

/** What commands find beside them. */
type Desks = {
  readonly resolutions: ReturnType<typeof createResolutionDesk>;
  readonly evidence: ReturnType<typeof createEvidenceDesk>;
};

const lanesOf = (kernel: Ledger['kernel'], policies: PolicyFeed, { resolutions, evidence }: Desks): LedgerLanes => ({
  stock: kernel.lanes(stockKind, policiesOfStock(policies)),
  assemblies: kernel.lanes(assemblyKind, policies.book),
  orders: kernel.lanes(orderKind, () => ({ ...policies.book(), resolutionsOf: resolutions.pickUp })),
  channels: kernel.lanes(channelKind, policies.book),
  locations: kernel.lanes(locationKind, () => undefined),
  skus: kernel.lanes(skuPolicyKind, policies.book),
  bundles: kernel.lanes(bundleKind, policies.book),
  listings: kernel.lanes(listingKind, policies.book),
  runs: kernel.lanes(runKind, () => ({ ...policies.book(), evidenceOf: evidence.pickUp })),
});

/** By the name of a SKU's stream. */
const policiesOfStock = (policies: PolicyFeed): ((stream: string) => StockPolicy) => {
  const bookOf = booksBySku(policies.book);
  return (stream) => bookOf(skuOf(stream));
};

/** A hold counts for nothing from its deadline on. */
const holdIn: CartDeskDeps<StockState>['holdIn'] = (state, channel, cart, now) => {
  const held = state.holds.get(reservationKeyOf(channel, cart));
  return held && !isExpired(held, now) ? held : undefined;
};

type DeskParts = Omit<OrderDeskDeps<StockState>, 'resolutions' | 'deliveries'>;

const orderDeskOf = (lanes: LedgerLanes, digest: Digest): DeskParts => ({
  orders: lanes.orders,
  stock: lanes.stock,
  stockStream,
  listings: lanes.listings,
  lineIn: (state, order) => state.lines.get(lineKeyOf(order))?.line,
  digest,
});
