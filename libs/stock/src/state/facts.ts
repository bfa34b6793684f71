import type { Changing, Known } from '#event-sourcing';
import type { Fact, StockEvent } from '../events.js';
import type { LineStanding, OrderLine } from '../standing.js';
import { factKeyOfEvent, lineKeyOf } from '../keys.js';
import type { Part } from '../parts.js';
import { sumOf } from '../places.js';

/** A fact as it stands: the parts in force are the base of its next correction. JSON-able: an index keeps it. */
export type PostedFact = {
  readonly kind: 'fact';
  readonly version: number;
  readonly hash: string;
  readonly stands: readonly Part[];
  readonly order?: OrderLine;
  /** Of an adjustment: how many units of it explain a short pick. */
  readonly shortPicked?: number;
  /** Of a receipt: the line of a purchase order that it came on. */
  readonly incomingLine?: string;
};
/** An order line is a fact too: the newest target and what it has led to. */
export type LineRecord = { readonly kind: 'line'; readonly order: OrderLine; readonly line: LineStanding };
export type FactRecord = PostedFact | LineRecord;

/** What an event says of one key. `standsAbove`: units in force, for finding a fact that stands on another SKU. */
export type FactChange = { readonly key: string; readonly record: FactRecord; readonly standsAbove: number };

/** The fact that an event reports as it stands after it; undefined for one that an order line's own target reports. */
export const postedOf = (event: StockEvent): FactChange | undefined => {
  if (!('fact' in event.data)) return undefined;
  const { fact, parts } = event.data;
  const key = factKeyOfEvent(event, fact);
  if (key === undefined) return undefined;
  const stands = fact.stands ?? parts;
  return {
    key,
    record: recordOf(event, fact, stands),
    standsAbove: 'incoming' in event.data ? event.data.incoming.quantity : sumOf(stands),
  };
};

const recordOf = (event: StockEvent, fact: Fact, stands: readonly Part[]): PostedFact => {
  const record: Changing<PostedFact> = { kind: 'fact', version: fact.version, hash: fact.hash, stands };
  if ('order' in event.data) record.order = event.data.order;
  if (event.type === 'StockAdjusted' && event.data.shortPicked) record.shortPicked = event.data.shortPicked.taken;
  if (event.type === 'StockReceived' && event.data.incomingLine !== undefined)
    record.incomingLine = event.data.incomingLine;
  return record;
};

/** The order line that an event changes, as it stands after it. */
export const lineOf = (event: StockEvent): FactChange | undefined => {
  if (!('line' in event.data && 'order' in event.data)) return undefined;
  const { order, line } = event.data;
  return { key: lineKeyOf(order), record: { kind: 'line', order, line }, standsAbove: 0 };
};

/** The facts that an event changes, whole: what the state remembers and an index keeps. */
export const factsOf = (event: StockEvent): readonly FactChange[] => {
  const posted = postedOf(event);
  const line = lineOf(event);
  if (posted === undefined) return line === undefined ? none : [line];
  return line === undefined ? [posted] : [posted, line];
};
const none: readonly FactChange[] = [];

type Remembering = {
  readonly lines: { get: (key: string) => FactRecord | undefined };
  readonly facts: Remembering['lines'];
};

/** A fact by its key, from the state or, where that has forgotten, from what is known beside it. */
export const recallFact = (state: Remembering, known: Known<FactRecord>, key: string): FactRecord | undefined =>
  state.lines.get(key) ?? state.facts.get(key) ?? known.facts.get(key);
