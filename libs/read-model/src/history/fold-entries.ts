import type { Instant, Position, RecordedEvent, Revision } from '#event-sourcing';
import { addPart, copyOf, movedIn, noCounts } from '../balances/counts.js';
import type { Counts, StandingCounts } from '../balances/counts.js';
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
  readonly after: StandingCounts;
};

/** The levels that a batch starts from, by SKU and location; folding moves them on. */
export type Levels = {
  /** The counts of a place as they stand, to be changed. */
  readonly at: (sku: string, location: string) => Counts;
};

export type Place = { readonly sku: string; readonly location: string };

export const placeKey = (sku: string, location: string): string => `${sku}\u0000${location}`;

/** The places whose levels a batch needs and nobody knows, each once. @throws UnknownEventTypeError */
export const unknownPlaces = (
  events: readonly RecordedEvent[],
  known: ReadonlyMap<string, Counts>,
): readonly Place[] => {
  const places = new Map<string, Place>();
  for (const event of events) {
    if (kindOfEvent(event) !== 'stock') continue;
    const sku = skuOf(event.stream);
    let last: string | undefined;
    for (const { location } of asStockEvent(event).data.parts) {
      if (location === last) continue;
      last = location;
      const key = placeKey(sku, location);
      if (!known.has(key)) places.set(key, { sku, location });
    }
  }
  return [...places.values()];
};

/** A row for each event and location where it moved units, in the order of the log. */
export const foldEntries = (events: readonly RecordedEvent[], levels: Levels): readonly HistoryEntry[] => {
  const entries: HistoryEntry[] = [];
  for (const event of events) if (kindOfEvent(event) === 'stock') foldEvent(entries, event, levels);
  return entries;
};

const foldEvent = (entries: HistoryEntry[], event: RecordedEvent, levels: Levels): void => {
  const { revision, position, metadata } = event;
  const { recordedAt, occurredAt } = metadata;
  const { parts } = asStockEvent(event).data;
  const sku = skuOf(event.stream);
  for (const { location, units: physicalDelta } of movedIn(parts)) {
    const counts = levels.at(sku, location);
    for (const part of parts) if (part.location === location) addPart(counts, part);
    entries.push({ sku, location, revision, recordedAt, occurredAt, position, physicalDelta, after: copyOf(counts) });
  }
};

/** Levels in memory, empty places starting from nothing. */
export const levelsOf = (known: Map<string, Counts>): Levels => ({
  at: (sku, location) => {
    const key = placeKey(sku, location);
    let counts = known.get(key);
    if (counts === undefined) known.set(key, (counts = noCounts()));
    return counts;
  },
});
