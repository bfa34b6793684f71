import type { Instant, Position, RecordedEvent, Revision } from '#event-sourcing';
import { addPart, copyOf, noCounts, physicalDeltaOf } from '../balances/counts.js';
import type { Counts } from '../balances/counts.js';
import { asStockEvent, kindOfEvent, skuOf } from '../events/ledger-event.js';

/** What one event left behind at one location. */
export type HistoryEntry = {
  readonly sku: string;
  readonly location: string;
  readonly revision: Revision;
  readonly recordedAt: Instant;
  readonly occurredAt: Instant;
  readonly position: Position;
  readonly physicalDelta: number;
  readonly after: Counts;
};

/** The levels that a batch starts from, by SKU and location; folding moves them on. */
export type Levels = {
  /** The counts of a place as they stand, to be changed. */
  readonly at: (sku: string, location: string) => Counts;
};

export type Place = { readonly sku: string; readonly location: string };

/** The places whose levels a batch needs, each once. @throws UnknownEventTypeError */
export const placesOf = (events: readonly RecordedEvent[]): readonly Place[] => {
  const places = new Map<string, Place>();
  for (const event of events) {
    if (kindOfEvent(event) !== 'stock') continue;
    const sku = skuOf(event.stream);
    for (const { location } of asStockEvent(event).data.parts) places.set(`${sku}\u0000${location}`, { sku, location });
  }
  return [...places.values()];
};

/** A row for each event and location where it moved units, in the order of the log. */
export const foldEntries = (events: readonly RecordedEvent[], levels: Levels): readonly HistoryEntry[] => {
  const entries: HistoryEntry[] = [];
  for (const event of events) if (kindOfEvent(event) === 'stock') entries.push(...entriesOf(event, levels));
  return entries;
};

const entriesOf = (event: RecordedEvent, levels: Levels): readonly HistoryEntry[] => {
  const sku = skuOf(event.stream);
  const deltas = new Map<string, number>();
  for (const part of asStockEvent(event).data.parts) {
    addPart(levels.at(sku, part.location), part);
    deltas.set(part.location, (deltas.get(part.location) ?? 0) + physicalDeltaOf(part));
  }
  const { revision, position, metadata } = event;
  const { recordedAt, occurredAt } = metadata;
  return [...deltas].map(([location, physicalDelta]) => {
    const after = copyOf(levels.at(sku, location));
    return { sku, location, revision, recordedAt, occurredAt, position, physicalDelta, after };
  });
};

/** Levels in memory, empty places starting from nothing. */
export const levelsOf = (known: Map<string, Counts>): Levels => ({
  at: (sku, location) => {
    const key = `${sku}\u0000${location}`;
    let counts = known.get(key);
    if (counts === undefined) known.set(key, (counts = noCounts()));
    return counts;
  },
});
