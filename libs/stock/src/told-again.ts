import type { FactCommand, Reporting } from './commands.js';
import type { Fact, IncomingExpected, IncomingRevised, StockAdjusted, StockEvent, StockReceived } from './events.js';
import type { IncomingLine } from './standing.js';
import type { Part } from './parts.js';
import { sumOf } from './places.js';

/**
 * Who will say again what an event says, when a ledger has lost it:
 * - report: nobody does by himself; `factCommandOf` is the report to decide anew
 * - order: the channel, with its order
 * - cart: nobody; the cart holds anew, or has become an order, or its hold would have expired
 * - source: a system that tells more than this one SKU by it (a run of figures, an assembly), or a witness
 * - setting: the person who has set it
 * - ledger: the ledger itself, which decides it whenever it is due
 */
export type Teller = 'report' | 'order' | 'cart' | 'source' | 'setting' | 'ledger';

const tellers: { readonly [Type in StockEvent['type']]: Teller } = {
  StockReceived: 'report',
  StockIssued: 'report',
  StockReturned: 'report',
  StockAdjusted: 'report',
  StockCounted: 'report',
  StockMovedBetweenBuckets: 'report',
  TransferDispatched: 'report',
  TransferReceived: 'report',
  TransferClosed: 'report',
  IncomingExpected: 'report',
  IncomingRevised: 'report',
  IncomingCancelled: 'report',
  CommitmentChanged: 'order',
  CommitmentMoved: 'order',
  CommitmentAcknowledged: 'order',
  BackorderPromised: 'order',
  BackorderFilled: 'order',
  BackorderMoved: 'order',
  BackorderDropped: 'order',
  StockReserved: 'cart',
  ReservationReleased: 'cart',
  ReservationExtended: 'cart',
  RequestNoted: 'cart',
  StockObserved: 'source',
  StockAssembled: 'source',
  WitnessRecorded: 'source',
  QuotaSet: 'setting',
  QuotaFilled: 'ledger',
  QuotaReturned: 'ledger',
  CountRevised: 'ledger',
};

/** Who says again what this event says. A line that the shop's own word has moved is its order's to tell. */
export const tellerOf = (event: StockEvent): Teller =>
  'fact' in event.data && event.data.fact.kind === 'ordered' ? 'order' : tellers[event.type];

/**
 * The report that an event of the teller `report` was decided from: the same key, version and content hash, so that the
 * source's own repeat of it changes nothing, and what has to move is decided anew. Of several events of one version the
 * last one tells it whole. undefined: another teller's event, or a void that does not say of what.
 */
export const factCommandOf = (event: StockEvent): FactCommand | undefined =>
  tellerOf(event) === 'report' ? (commands[event.type] as Tells<StockEvent['type']> | undefined)?.(event) : undefined;

type Tells<Type extends StockEvent['type']> = (
  event: Extract<StockEvent, { readonly type: Type }>,
) => FactCommand | undefined;

type Factual = Extract<StockEvent, { readonly data: { readonly fact: Fact } }>;
type Place = Reporting & { readonly location: string; readonly quantity: number };

const reportingOf = ({ occurredAt }: StockEvent, fact: Fact): Reporting => ({
  ...{ connection: fact.connection, sourceKey: fact.sourceKey, sourceVersion: fact.version },
  ...{ occurredAt, hash: fact.hash },
  ...(fact.document !== undefined && { document: fact.document }),
});

const standsOf = ({ data: { fact, parts } }: Factual): readonly Part[] => fact.stands ?? parts;

/** The parts in force; of a void those that it takes back, which tell where. */
const tellingParts = (event: Factual): readonly Part[] => {
  const stands = standsOf(event);
  return stands.length > 0 ? stands : event.data.parts;
};

const atPlace = (event: Factual, tell: (place: Place) => FactCommand): FactCommand | undefined => {
  const { fact } = event.data;
  const [first] = tellingParts(event);
  if (first === undefined) return undefined;
  return tell({ ...reportingOf(event, fact), location: first.location, quantity: sumOf(standsOf(event)) });
};

type Kept = 'sellable' | 'quarantined' | 'damaged';
const isKept = (account: string): account is Kept => ['sellable', 'quarantined', 'damaged'].includes(account);

/** The bucket that units enter or leave; sellable where more than one does: a pick did not find some of them. */
const bucketOf = (parts: readonly Part[]): Kept => {
  const touched = parts.flatMap(({ from, to }) => [from, to]).filter(isKept);
  return touched.includes('sellable') ? 'sellable' : (touched[0] ?? 'sellable');
};

const orderOf = (data: Extract<Factual, { readonly type: 'StockIssued' | 'StockReturned' }>['data']) =>
  data.order === undefined ? {} : { order: data.order };

const receiptOf = (event: StockReceived) => ({
  bucket: bucketOf(tellingParts(event)),
  ...(event.data.incomingLine !== undefined && { incomingLine: event.data.incomingLine }),
});

/** What was taken of units that a pick had not found left quarantine: it is a part of what was said of sellable. */
const adjustmentOf = (event: StockAdjusted) => {
  const { reason, shortPicked } = event.data;
  const quantity = standsOf(event).reduce((sum, part) => sum + (isKept(part.to) ? part.quantity : -part.quantity), 0);
  const isOfSellable = shortPicked !== undefined && shortPicked.taken > 0;
  return { quantity, bucket: isOfSellable ? ('sellable' as const) : bucketOf(tellingParts(event)), reason };
};

type BucketsMoved = Extract<Factual, { readonly type: 'StockMovedBetweenBuckets' }>['data'];

/** A void takes its parts back: where they go now is where they had come from. */
const bucketsOf = ({ fact, parts, reason }: BucketsMoved) => {
  const [moved] = fact.stands ?? parts;
  const [back] = parts;
  const [from, to] = moved === undefined ? [back?.to ?? '', back?.from ?? ''] : [moved.from, moved.to];
  return { from: isKept(from) ? from : ('sellable' as const), to: isKept(to) ? to : ('sellable' as const), reason };
};

const expectationOf = ({ location, quantity, orderedAt, eta, confirmed, confidence }: IncomingLine) => ({
  ...{ location, quantity, orderedAt, confirmed, confidence },
  ...(eta !== undefined && { eta }),
});

const expectedBy = (event: IncomingExpected | IncomingRevised): FactCommand => ({
  kind: 'incoming',
  ...reportingOf(event, event.data.fact),
  ...expectationOf(event.data.incoming),
});

const commands: { readonly [Type in StockEvent['type']]?: Tells<Type> } = {
  StockReceived: (event) => atPlace(event, (place) => ({ kind: 'receipt', ...place, ...receiptOf(event) })),
  StockIssued: (event) => atPlace(event, (place) => ({ kind: 'issue', ...place, ...orderOf(event.data) })),
  StockReturned: (event) => {
    const { disposition } = event.data;
    return atPlace(event, (place) => ({ kind: 'return', ...place, disposition, ...orderOf(event.data) }));
  },
  StockAdjusted: (event) => atPlace(event, (place) => ({ kind: 'adjustment', ...place, ...adjustmentOf(event) })),
  StockCounted: (event) => {
    const { location, asOf, basis, observed, fact } = event.data;
    return { kind: 'count', ...reportingOf(event, fact), location, asOf, basis, observed };
  },
  StockMovedBetweenBuckets: (event) =>
    atPlace(event, (place) => ({ kind: 'bucket_change', ...place, ...bucketsOf(event.data) })),
  TransferDispatched: (event) => {
    const { transfer, to } = event.data;
    return atPlace(event, (place) => ({ kind: 'transfer_dispatch', ...place, transfer, to }));
  },
  TransferReceived: (event) => {
    const { transfer } = event.data;
    return atPlace(event, (place) => ({ kind: 'transfer_receipt', ...place, transfer }));
  },
  TransferClosed: (event) => {
    const { transfer, lost } = event.data;
    return atPlace(event, ({ quantity: _quantity, ...place }) => ({
      kind: 'transfer_close',
      ...place,
      transfer,
      lost,
    }));
  },
  IncomingExpected: expectedBy,
  IncomingRevised: expectedBy,
  IncomingCancelled: (event) => {
    const { location, fact } = event.data;
    const { occurredAt: orderedAt } = event;
    return { kind: 'incoming', ...reportingOf(event, fact), location, quantity: 0, orderedAt, confirmed: false };
  },
};
