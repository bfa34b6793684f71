import type { Instant, RecordedEvent } from '#event-sourcing';
import { lineKeyOf } from '#stock';
import type { Fact, OrderLine, Part, StockEvent, WitnessedKind } from '#stock';
import { physicalDeltaOf } from '../balances/counts.js';
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

/** What a batch says of facts, each key once; those that say nothing any more are `gone`. */
export type FactChanges = { readonly told: readonly ToldFact[]; readonly gone: readonly FactKey[] };

/** Pure. @throws UnknownEventTypeError */
export const foldFacts = (events: readonly RecordedEvent[]): FactChanges => {
  const told = new Map<string, ToldFact>();
  const gone = new Map<string, FactKey>();
  for (const recorded of events) {
    if (kindOfEvent(recorded) !== 'stock') continue;
    for (const fact of factsOf(recorded)) {
      const key = [fact.sku, fact.kind, fact.connection, fact.sourceKey].join('\u0000');
      told.delete(key);
      gone.delete(key);
      if (fact.units === 0) gone.set(key, fact);
      else told.set(key, fact);
    }
  }
  return { told: [...told.values()], gone: [...gone.values()] };
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

const factsOf = (recorded: RecordedEvent): readonly ToldFact[] => {
  const event = asStockEvent(recorded);
  if (event.type === 'WitnessRecorded') {
    const { fact, kind, location, units } = event.data;
    return [{ ...said(recorded, event, fact, kind), witness: true, location, units }];
  }
  const kind = kindsByEvent[event.type];
  if (kind === undefined || !('fact' in event.data)) return [];
  const { fact, parts } = event.data;
  const author = { ...said(recorded, event, fact, kind), witness: false };
  if (fact.kind === 'ordered') return ofOrder(author, recorded.revision, parts);
  const [[location, units] = ['', 0]] = movedAt(fact.stands ?? parts);
  return [{ ...author, location, units }];
};

type Said = Omit<ToldFact, 'witness' | 'location' | 'units'>;

const said = (
  { stream, metadata }: RecordedEvent,
  event: StockEvent,
  { connection, sourceKey, version, document }: Fact,
  kind: WitnessedKind,
): Said => ({
  ...{ sku: skuOf(stream), kind, connection, sourceKey, version },
  ...(document !== undefined && { document }),
  ...('order' in event.data && { order: event.data.order }),
  ...{ occurredAt: metadata.occurredAt, recordedAt: metadata.recordedAt },
});

/** What an order's snapshots say was shipped grows (or shrinks) event by event: each is a fact by itself. */
const ofOrder = (
  author: Said & Pick<ToldFact, 'witness'>,
  revision: number,
  parts: readonly Part[],
): readonly ToldFact[] => {
  const line = author.order === undefined ? '' : lineKeyOf(author.order);
  return movedAt(parts).map(([location, units]) => ({
    ...{ ...author, sourceKey: `${line}|${revision}|${location}` },
    ...{ location, units },
  }));
};

/** Where on hand changes, and by how much. A report names one place; other places only give up what was promised there. */
const movedAt = (parts: readonly Part[]): readonly (readonly [string, number])[] => {
  const deltas = new Map<string, number>();
  for (const part of parts) deltas.set(part.location, (deltas.get(part.location) ?? 0) + physicalDeltaOf(part));
  return [...deltas].filter(([, units]) => units !== 0);
};
