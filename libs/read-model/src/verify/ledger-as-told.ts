import type { Position, RecordedEvent, Revision } from '#event-sourcing';
import { postings, unsourcedOf } from '#stock';
import type { Held, LineStanding, OrderLine, Part, StockEvent } from '#stock';
import { addPart, noCounts, physicalDeltaOf } from '../balances/counts.js';
import type { Counts } from '../balances/counts.js';
import { asStockEvent, kindOfEvent, skuOf } from '../events/ledger-event.js';

/** `movedAt` is the position of the last event that moved something here. */
export type Place = { readonly counts: Counts; physical: number; entries: number; movedAt: Position | undefined };

/** The last event of a stream. */
export type Head = { revision: Revision; recordedAt: string };

export type ToldLine = Pick<LineStanding, 'committed' | 'backordered'> & { readonly owed: number };

/**
 * The whole log folded once more, the plain way: no batches, no rows. What the read model says is compared with it.
 * `broken` are rules that the events themselves do not keep.
 */
export type Told = {
  readonly heads: Map<string, Head>;
  readonly places: Map<string, Place>;
  readonly holds: Map<string, Held & { readonly channel: string }>;
  /** Committed units of each open order line, and of those the ones that no place covers. */
  readonly lines: Map<string, ToldLine>;
  /** Units under way, by transfer. */
  readonly transit: Map<string, number>;
  /** Units that lines and carts have been promised, as the events changed it, by line of a purchase order. */
  readonly pledged: Map<string, number>;
  readonly broken: string[];
  last: Position | undefined;
};

export const nothingTold = (): Told => ({
  heads: new Map(),
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
  const sku = skuOf(event.stream);
  tellQuantities(told, event, stock);
  for (const part of stock.data.parts) tellPart(told, sku, event.position, part);
  tellStanding(told, sku, stock);
};

const tellPlaceInStream = (told: Told, { stream, revision, metadata: { recordedAt } }: RecordedEvent): void => {
  const head = told.heads.get(stream);
  const expected = (head?.revision ?? -1) + 1;
  if (revision !== expected) told.broken.push(`${stream}@${revision}: revision ${expected} was to come`);
  if (head === undefined) {
    told.heads.set(stream, { revision, recordedAt });
    return;
  }
  if (recordedAt < head.recordedAt) told.broken.push(`${stream}@${revision}: recorded before its predecessor`);
  head.revision = revision;
  head.recordedAt = recordedAt;
};

const tellQuantities = ({ broken }: Told, { stream, revision }: RecordedEvent, event: StockEvent): void => {
  let sum = 0;
  for (const { quantity } of postings(event)) sum += quantity;
  if (sum !== 0) broken.push(`${stream}@${revision}: postings do not sum to zero`);
  if (event.data.parts.some(isNoQuantity))
    broken.push(`${stream}@${revision}: a part without a positive whole quantity`);
};

const isNoQuantity = ({ quantity }: Part): boolean => !Number.isSafeInteger(quantity) || quantity <= 0;

const tellPart = (told: Told, sku: string, at: Position, part: Part): void => {
  const place = placeOf(told, keyOfParts(sku, part.location));
  addPart(place.counts, part);
  place.physical += physicalDeltaOf(part);
  // All parts of an event that touch a location are one entry of its history.
  if (place.movedAt !== at) place.entries += 1;
  place.movedAt = at;
  tellTransit(told, sku, part.from, -part.quantity);
  tellTransit(told, sku, part.to, part.quantity);
};

const placeOf = ({ places }: Told, key: string): Place => {
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = { counts: noCounts(), physical: 0, entries: 0, movedAt: undefined };
  places.set(key, place);
  return place;
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
  if (committed.length === 0 && backordered === undefined) {
    told.lines.delete(key);
    return;
  }
  const unsourced = unsourcedOf(order.channel);
  let owed = 0;
  for (const { location, quantity } of committed) if (location === unsourced) owed += quantity;
  told.lines.set(key, backordered === undefined ? { committed, owed } : { committed, owed, backordered });
};
