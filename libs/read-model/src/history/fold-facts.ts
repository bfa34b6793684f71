import type { Instant, RecordedEvent } from '#event-sourcing';
import { lineKeyOf } from '#stock';
import type { Fact, OrderLine, StockEvent, WitnessedKind } from '#stock';
import { movedIn } from '../balances/counts.js';
import type { Moved } from '../balances/counts.js';
import { asStockEvent, kindOfEvent, skuOf } from '../events/ledger-event.js';

export type FactKey = {
  readonly sku: string;
  readonly kind: WitnessedKind;
  readonly connection: string;
  readonly sourceKey: string;
};
/** A fact as it was told last. `units`: by how much on hand changes at the location; never 0. */
export type ToldFact = FactKey & {
  readonly version: number;
  readonly witness: boolean;
  readonly location: string;
  readonly units: number;
  readonly document?: string;
  readonly order?: OrderLine;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

/** The same as a batch says it: whoever folds thousands names every member, in one order. */
export type SaidFact = Omit<ToldFact, 'document' | 'order'> & {
  readonly document: string | undefined;
  readonly order: OrderLine | undefined;
};

/** What a batch says of facts, each key once; those that say nothing any more are `gone`. */
export type FactChanges = { readonly told: readonly SaidFact[]; readonly gone: readonly FactKey[] };

/** Pure. @throws UnknownEventTypeError */
export const foldFacts = (events: readonly RecordedEvent[]): FactChanges => {
  const changes: Changes = { told: new Map(), gone: new Map() };
  for (const recorded of events) if (kindOfEvent(recorded) === 'stock') foldEvent(changes, recorded);
  return { told: [...changes.told.values()], gone: [...changes.gone.values()] };
};

type Changes = { readonly told: Map<string, SaidFact>; readonly gone: Map<string, FactKey> };

const tell = ({ told, gone }: Changes, fact: SaidFact): void => {
  const key = `${fact.sku}\u0000${fact.kind}\u0000${fact.connection}\u0000${fact.sourceKey}`;
  if (fact.units === 0) {
    told.delete(key);
    gone.set(key, fact);
  } else {
    gone.delete(key);
    told.set(key, fact);
  }
};

/** Events by which an author says what a witness may say too. */
const kindsByEvent: { readonly [Type in StockEvent['type']]?: WitnessedKind } = {
  StockReceived: 'receipt',
  StockIssued: 'issue',
  StockReturned: 'return',
  StockAdjusted: 'adjustment',
  TransferDispatched: 'transfer_dispatch',
  TransferReceived: 'transfer_receipt',
};

const nowhere: Moved = { location: '', units: 0 };

const foldEvent = (changes: Changes, recorded: RecordedEvent): void => {
  const event = asStockEvent(recorded);
  if (event.type === 'WitnessRecorded')
    return tell(changes, said(recorded, event, event.data.fact, event.data.kind, event.data));
  const kind = kindsByEvent[event.type];
  if (kind === undefined || !('fact' in event.data)) return;
  const { fact, parts } = event.data;
  if (fact.kind === 'ordered') return tellOfOrder(changes, recorded, event, fact, kind);
  const moved = movedIn(fact.stands ?? parts).find(({ units }) => units !== 0) ?? nowhere;
  tell(changes, said(recorded, event, fact, kind, moved));
};

const said = (
  { stream, type, metadata }: RecordedEvent,
  event: StockEvent,
  { connection, sourceKey, version, document }: Fact,
  kind: WitnessedKind,
  { location, units }: Moved,
  ownKey = sourceKey,
): SaidFact => ({
  sku: skuOf(stream),
  kind,
  connection,
  sourceKey: ownKey,
  version,
  witness: type === 'WitnessRecorded',
  location,
  units,
  document,
  order: orderOf(event),
  occurredAt: metadata.occurredAt,
  recordedAt: metadata.recordedAt,
});

const orderOf = ({ data }: StockEvent): OrderLine | undefined => ('order' in data ? data.order : undefined);

/** What an order's snapshots say was shipped grows (or shrinks) event by event: each is a fact by itself. */
const tellOfOrder = (
  changes: Changes,
  recorded: RecordedEvent,
  event: StockEvent,
  fact: Fact,
  kind: WitnessedKind,
): void => {
  const order = orderOf(event);
  const line = order === undefined ? '' : lineKeyOf(order);
  // A report names one place; other places only give up what was promised there.
  for (const moved of movedIn(event.data.parts)) {
    if (moved.units === 0) continue;
    const ownKey = `${line}|${recorded.revision}|${moved.location}`;
    tell(changes, said(recorded, event, fact, kind, moved, ownKey));
  }
};
