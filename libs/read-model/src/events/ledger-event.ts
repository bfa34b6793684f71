import { UnknownEventTypeError } from '#event-sourcing';
import type { RecordedEvent } from '#event-sourcing';
import type { ObservationEvent } from '#observations';
import type { OrderEvent } from '#orders';
import type { BundleEvent, ChannelEvent, ListingEvent, LocationEvent, SkuPolicyEvent } from '#policies';
import type { AssemblyRecorded, StockEvent } from '#stock';

/** Which kind of stream an event belongs to. */
export type StreamKindName = 'stock' | 'assembly' | 'order' | 'policy' | 'listing' | 'observation';

export type PolicyEvent = ChannelEvent | LocationEvent | SkuPolicyEvent | BundleEvent;
export type LedgerEvent = StockEvent | AssemblyRecorded | OrderEvent | PolicyEvent | ListingEvent | ObservationEvent;

/**
 * Every event type that these projections can read. Readers ship before writers: a type that is missing here stops them
 * (the compiler asks for it first).
 */
const kindOfType: Record<LedgerEvent['type'], StreamKindName> = {
  StockReceived: 'stock',
  StockIssued: 'stock',
  StockReturned: 'stock',
  StockAdjusted: 'stock',
  StockCounted: 'stock',
  StockObserved: 'stock',
  CountRevised: 'stock',
  StockMovedBetweenBuckets: 'stock',
  StockAssembled: 'stock',
  TransferDispatched: 'stock',
  TransferReceived: 'stock',
  TransferClosed: 'stock',
  StockReserved: 'stock',
  ReservationReleased: 'stock',
  ReservationExtended: 'stock',
  CommitmentChanged: 'stock',
  CommitmentMoved: 'stock',
  CommitmentAcknowledged: 'stock',
  IncomingExpected: 'stock',
  IncomingRevised: 'stock',
  IncomingCancelled: 'stock',
  BackorderPromised: 'stock',
  BackorderFilled: 'stock',
  BackorderMoved: 'stock',
  BackorderDropped: 'stock',
  QuotaSet: 'stock',
  QuotaFilled: 'stock',
  QuotaReturned: 'stock',
  WitnessRecorded: 'stock',
  RequestNoted: 'stock',
  AssemblyRecorded: 'assembly',
  OrderRecorded: 'order',
  OrderLinesResolved: 'order',
  OrderTargetsSet: 'order',
  OrderBaselined: 'order',
  ChannelDefined: 'policy',
  ChannelChanged: 'policy',
  LocationDefined: 'policy',
  LocationChanged: 'policy',
  SkuPolicySet: 'policy',
  BundleRecipeSet: 'policy',
  ListingMapped: 'listing',
  RunReceived: 'observation',
  RunJudged: 'observation',
  RunReleased: 'observation',
  RunRejected: 'observation',
};

const kinds = new Map<string, StreamKindName>(Object.entries(kindOfType));

/** Every type of event has had one shape so far. */
const schemaVersionMax = 1;

/** @throws UnknownEventTypeError for a type or a version that is not ours: a projection stops there, it never skips. */
export const kindOfEvent = (event: RecordedEvent): StreamKindName => {
  const kind = kinds.get(event.type);
  if (kind === undefined || event.schemaVersion > schemaVersionMax)
    throw new UnknownEventTypeError(event.type, event.schemaVersion);
  return kind;
};

/** The event with its type known: `kindOfEvent` has said that it is one of them. */
export const asStockEvent = (event: RecordedEvent): StockEvent => event as unknown as StockEvent;
export const asPolicyEvent = (event: RecordedEvent): PolicyEvent => event as unknown as PolicyEvent;
export const asListingEvent = (event: RecordedEvent): ListingEvent => event as unknown as ListingEvent;

export const asObservationEvent = (event: RecordedEvent): ObservationEvent => event as unknown as ObservationEvent;

const stockPrefix = 'stock-';

/** The SKU whose stream this is. */
export const skuOf = (stream: string): string => stream.slice(stockPrefix.length);
export const stockStreamOf = (sku: string): string => `${stockPrefix}${sku}`;
