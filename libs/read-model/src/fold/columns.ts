import type { Backordered, Held, IncomingLine } from '#stock';
import { plain, text } from '../projection/columns.js';
import type { Columns } from '../projection/columns.js';
import type {
  BalanceChange,
  BundleChange,
  ChannelChange,
  HeadChange,
  HeldChange,
  HoldChange,
  ListingChange,
  IncomingChange,
  LocationChange,
  OwedChange,
  PledgeChange,
  PromiseChange,
  QuotaChange,
  SkuPolicyChange,
  RunChange,
  TransitChange,
} from './changes.js';

/* The parameters of the statements beside, in their order. */

export const headColumns: Columns<HeadChange> = [
  text((head) => head.sku),
  plain((head) => head.first),
  plain((head) => head.last),
  plain((head) => head.position),
  plain((head) => head.firstRecordedAt),
];

export const balanceColumns: Columns<BalanceChange> = [
  text((balance) => balance.sku),
  text((balance) => balance.location),
  plain((balance) => balance.revision),
  plain((balance) => balance.delta.sellable),
  plain((balance) => balance.delta.reserved),
  plain((balance) => balance.delta.committed),
  plain((balance) => balance.delta.quarantined),
  plain((balance) => balance.delta.damaged),
];

export type Fence = {
  readonly sku: string;
  readonly location: string;
  readonly channel: string;
  readonly quantity: number;
};
export const fenceColumns: Columns<Fence> = [
  text((fence) => fence.sku),
  text((fence) => fence.location),
  text((fence) => fence.channel),
  plain((fence) => fence.quantity),
];

export const heldColumns: Columns<HeldChange> = [
  text((held) => held.sku),
  text((held) => held.channel),
  plain((held) => held.delta),
];

export const transitColumns: Columns<TransitChange> = [
  text((transit) => transit.sku),
  text((transit) => transit.transfer),
  text((transit) => transit.destination),
  plain((transit) => transit.delta),
];
export const transitKeyColumns: Columns<TransitChange> = [
  text((transit) => transit.sku),
  text((transit) => transit.transfer),
];

type HoldKey = Omit<HoldChange, 'held'>;
export type OpenHold = HoldKey & { readonly held: Held };
export const holdKeyColumns: Columns<HoldKey> = [text((hold) => hold.sku), text((hold) => hold.reservation)];
export const holdColumns: Columns<OpenHold> = [
  ...holdKeyColumns,
  text((hold) => hold.channel),
  plain((hold) => hold.held.quantity),
  plain((hold) => atHandOf(hold.held)),
  text((hold) => JSON.stringify(hold.held.parts)),
  text((hold) => hold.held.listing ?? ''),
  plain((hold) => hold.held.expiresAt),
  plain((hold) => hold.revision),
  text((hold) => JSON.stringify(hold.held.incoming ?? [])),
];

const atHandOf = ({ parts }: Held): number => parts.reduce((sum, { quantity }) => sum + quantity, 0);

export const holdListingColumns: Columns<HoldChange> = [
  ...holdKeyColumns,
  text((hold) => hold.channel),
  text((hold) => hold.held?.listing ?? ''),
  plain((hold) => (hold.held === undefined ? 0 : atHandOf(hold.held))),
];
type OfSku = Pick<HoldChange, 'sku'>;
export const holdSkuColumns: Columns<OfSku> = [text((hold) => hold.sku)];

export const owedKeyColumns: Columns<OwedChange> = [
  text((owed) => owed.sku),
  text((owed) => owed.channel),
  text((owed) => owed.orderKey),
  text((owed) => owed.line),
];
export const owedColumns: Columns<OwedChange> = [
  ...owedKeyColumns,
  plain((owed) => owed.quantity),
  plain((owed) => owed.paid),
  plain((owed) => owed.placedAt),
  plain((owed) => owed.revision),
];

type Told = IncomingChange & { readonly told: IncomingLine };
export const toldColumns: Columns<Told> = [
  text((incoming) => incoming.sku),
  text((incoming) => incoming.line),
  text((incoming) => incoming.told.connection),
  text((incoming) => incoming.told.location),
  plain((incoming) => incoming.told.quantity),
  plain((incoming) => incoming.told.orderedAt),
  text((incoming) => incoming.told.eta ?? ''),
  plain((incoming) => incoming.told.confirmed),
  plain((incoming) => incoming.told.confidence),
  plain((incoming) => incoming.revision),
];
type IncomingKey = Pick<IncomingChange, 'sku' | 'line'>;
export const incomingKeyColumns: Columns<IncomingKey> = [text((line) => line.sku), text((line) => line.line)];
export const receivedColumns: Columns<IncomingChange> = [
  ...incomingKeyColumns,
  plain((incoming) => incoming.received),
  plain((incoming) => incoming.revision),
];

export const pledgeColumns: Columns<PledgeChange> = [
  text((pledge) => pledge.sku),
  text((pledge) => pledge.incomingLine),
  plain((pledge) => pledge.delta),
];

type OneLine = Pick<PromiseChange, 'sku' | 'channel' | 'orderKey' | 'line'>;
export const promiseKeyColumns: Columns<OneLine> = [
  text((promise) => promise.sku),
  text((promise) => promise.channel),
  text((promise) => promise.orderKey),
  text((promise) => promise.line),
];
type OnePromise = Omit<PromiseChange, 'promises'> & Backordered;
export const promiseColumns: Columns<OnePromise> = [
  ...promiseKeyColumns,
  text((promise) => promise.incomingLine),
  plain((promise) => promise.date),
  plain((promise) => promise.quantity),
  plain((promise) => promise.paid),
  plain((promise) => promise.placedAt),
  plain((promise) => promise.revision),
];

export const quotaColumns: Columns<QuotaChange> = [
  text((quota) => quota.sku),
  text((quota) => quota.location),
  text((quota) => quota.channel),
  plain((quota) => quota.quantity),
  plain((quota) => quota.priority),
  plain((quota) => quota.spent),
  plain((quota) => quota.revision),
];

export const listingColumns: Columns<ListingChange> = [
  text((listing) => listing.channel),
  text((listing) => listing.ids.product),
  text((listing) => listing.ids.variant ?? ''),
  text((listing) => listing.sku),
  plain((listing) => listing.unitsPerSale),
  text((listing) => listing.stream),
  plain((listing) => listing.revision),
];

/** An empty text is none. */
const jsonOf = (value: object | undefined): string => (value === undefined ? '' : JSON.stringify(value));

export const channelColumns: Columns<ChannelChange> = [
  text((channel) => channel.channel),
  text((channel) => channel.connection),
  text((channel) => JSON.stringify(channel.locations)),
  plain((channel) => channel.reservationTtlMillis),
  plain((channel) => channel.splitCarts),
  text((channel) => jsonOf(channel.buffer)),
  text((channel) => jsonOf(channel.cap)),
  text((channel) => jsonOf(channel.backorder)),
  text((channel) => jsonOf(channel.paymentClasses)),
  plain((channel) => channel.revision),
];

export const locationColumns: Columns<LocationChange> = [
  text((location) => location.location),
  text((location) => location.author),
  text((location) => JSON.stringify(location.authors)),
  text((location) => location.kind),
  text((location) => location.state),
  text((location) => jsonOf(location.dispatch)),
  plain((location) => location.revision),
];

export const skuPolicyColumns: Columns<SkuPolicyChange> = [
  text((policy) => policy.sku),
  text((policy) => JSON.stringify(policy.channels)),
  plain((policy) => policy.revision),
];

type JudgedRun = RunChange & { readonly judged: NonNullable<RunChange['judged']> };
const runKeyColumns: Columns<RunChange> = [text((run) => run.connection), text((run) => run.run)];
const runStandingColumns: Columns<RunChange> = [
  text((run) => run.state),
  plain((run) => run.waiting),
  plain((run) => run.revision),
];
export const runStandingsColumns: Columns<RunChange> = [...runKeyColumns, ...runStandingColumns];
export const runColumns: Columns<JudgedRun> = [
  ...runKeyColumns,
  text((run) => run.location),
  plain((run) => run.asOf),
  text((run) => run.kind),
  plain((run) => run.rowCount),
  plain((run) => run.judged.units),
  text((run) => JSON.stringify(run.judged.reasons)),
  plain((run) => run.judged.at),
  ...runStandingColumns,
];

export const bundleColumns: Columns<BundleChange> = [
  text((bundle) => bundle.sku),
  text((bundle) => JSON.stringify(bundle.components)),
  plain((bundle) => bundle.revision),
  plain((bundle) => bundle.position),
];

export const bundleKeyColumns: Columns<BundleChange> = [text((bundle) => bundle.sku)];

type Component = { readonly sku: string; readonly component: string };
export const componentColumns: Columns<Component> = [
  text((component) => component.component),
  text((component) => component.sku),
];
