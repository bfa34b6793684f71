import type { RecordedEvent, Revision } from '#event-sourcing';
import { postings, unsourcedOf } from '#stock';
import type { Held, LineStanding, OrderLine, StockEvent } from '#stock';
import { addPart, noCounts, physicalDeltaOf } from '../balances/counts.js';
import type { Counts } from '../balances/counts.js';
import { asStockEvent, kindOfEvent, skuOf } from '../events/ledger-event.js';

export type Place = { readonly counts: Counts; physical: number; entries: number };

export type ToldLine = Pick<LineStanding, 'committed' | 'backordered'> & { readonly owed: number };

/**
 * The whole log folded once more, the plain way: no batches, no rows. What the read model says is compared with it.
 * `broken` are rules that the events themselves do not keep.
 */
export type Told = {
  readonly revisions: Map<string, Revision>;
  readonly recordedAt: Map<string, string>;
  readonly places: Map<string, Place>;
  readonly holds: Map<string, Held & { readonly channel: string }>;
  /** Committed units of each open order line, and of those the ones that no place covers. */
  readonly lines: Map<string, ToldLine>;
  /** Units under way, by transfer. */
  readonly transit: Map<string, number>;
  /** Units that lines and carts have been promised, as the events changed it, by line of a purchase order. */
  readonly pledged: Map<string, number>;
  readonly broken: string[];
  last: string | undefined;
};

export const nothingTold = (): Told => ({
  revisions: new Map(),
  recordedAt: new Map(),
  places: new Map(),
  holds: new Map(),
  lines: new Map(),
  transit: new Map(),
  pledged: new Map(),
  broken: [],
  last: undefined,
});

export const partsOfKey = (key: string): readonly string[] => key.split('\u0000');
export const keyOfParts = (...parts: readonly string[]): string => parts.join('\u0000');

export const tell = (told: Told, event: RecordedEvent): void => {
  tellPlaceInStream(told, event);
  told.last = event.position;
  if (kindOfEvent(event) !== 'stock') return;
  const stock = asStockEvent(event);
  const where = `${event.stream}@${event.revision}`;
  if (postings(stock).reduce((sum, { quantity }) => sum + quantity, 0) !== 0)
    told.broken.push(`${where}: postings do not sum to zero`);
  if (stock.data.parts.some(({ quantity }) => !Number.isSafeInteger(quantity) || quantity <= 0))
    told.broken.push(`${where}: a part without a positive whole quantity`);
  tellParts(told, skuOf(event.stream), stock);
  tellStanding(told, skuOf(event.stream), stock);
};

const tellPlaceInStream = (told: Told, { stream, revision, metadata }: RecordedEvent): void => {
  const expected = (told.revisions.get(stream) ?? -1) + 1;
  if (revision !== expected) told.broken.push(`${stream}@${revision}: revision ${expected} was to come`);
  told.revisions.set(stream, revision);
  const before = told.recordedAt.get(stream);
  if (before !== undefined && metadata.recordedAt < before)
    told.broken.push(`${stream}@${revision}: recorded before its predecessor`);
  told.recordedAt.set(stream, metadata.recordedAt);
};

const tellParts = (told: Told, sku: string, { data: { parts } }: StockEvent): void => {
  for (const part of parts) {
    const key = keyOfParts(sku, part.location);
    const place = told.places.get(key) ?? { counts: noCounts(), physical: 0, entries: 0 };
    addPart(place.counts, part);
    place.physical += physicalDeltaOf(part);
    told.places.set(key, place);
    tellTransit(told, sku, part.from, -part.quantity);
    tellTransit(told, sku, part.to, part.quantity);
  }
  for (const location of new Set(parts.map((part) => part.location))) {
    const place = told.places.get(keyOfParts(sku, location));
    if (place !== undefined) place.entries += 1;
  }
};

const tellTransit = (told: Told, sku: string, account: string, units: number): void => {
  if (!account.startsWith('transit:')) return;
  const key = keyOfParts(sku, account.slice('transit:'.length));
  told.transit.set(key, (told.transit.get(key) ?? 0) + units);
};

const tellStanding = (told: Told, sku: string, event: StockEvent): void => {
  const { data } = event;
  for (const { incomingLine, quantity } of data.pledges ?? []) {
    const key = keyOfParts(sku, incomingLine);
    told.pledged.set(key, (told.pledged.get(key) ?? 0) + quantity);
  }
  if ('reservation' in data) tellHold(told, sku, data.reservation, data.channel, data.held);
  if ('consumed' in data) tellHold(told, sku, data.consumed.reservation, data.order.channel, data.consumed.held);
  if ('line' in data && data.order) tellLine(told, sku, data.order, data.line);
};

const tellHold = (told: Told, sku: string, reservation: string, channel: string, held: Held | undefined): void => {
  const key = keyOfParts(sku, reservation);
  if (held === undefined || held.quantity === 0) told.holds.delete(key);
  else told.holds.set(key, { ...held, channel });
};

const tellLine = (told: Told, sku: string, order: OrderLine, { committed, backordered }: LineStanding): void => {
  const key = keyOfParts(sku, order.channel, order.orderKey, order.line);
  const unsourced = unsourcedOf(order.channel);
  const owed = committed.reduce((sum, { location, quantity }) => sum + (location === unsourced ? quantity : 0), 0);
  if (committed.length === 0 && backordered === undefined) told.lines.delete(key);
  else told.lines.set(key, { committed, owed, ...(backordered && { backordered }) });
};
