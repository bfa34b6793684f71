import { netted } from '../difference.js';
import type { StockIssued } from '../events.js';
import type { Committed, LineStanding, OrderLine } from '../standing.js';
import { lastPlacesFirst, withOptional } from '../lines.js';
import { firstOf, minusAll, nowhere, plusAll, plusAt, sumOf } from '../places.js';
import { isLate } from '../state/movements.js';
import { tellPromises } from './backorders.js';
import type { Draft } from './draft.js';
import { issued, unissued, type LineWork } from './line-work.js';
import { issuedAfter, type TargetOf } from './target-of.js';
import { orderFact } from './restock.js';

const isPlace = ({ location }: Committed): boolean => !location.startsWith('unsourced:');

/** Where shipped units have left: as told, else where they are committed, else the channel's first location. */
const shippedPlaces = (line: LineStanding, { target, channel }: TargetOf, quantity: number): readonly Committed[] => {
  if (target.location !== undefined) return [{ location: target.location, quantity }];
  const committed = firstOf(line.committed.every(isPlace) ? line.committed : line.committed.filter(isPlace), quantity);
  const rest = quantity - sumOf(committed);
  return plusAt(committed, committed.at(-1)?.location ?? channel.locations[0] ?? '', rest);
};

const shipMore = (of: TargetOf, line: LineStanding, quantity: number): LineWork => {
  const places = shippedPlaces(line, of, quantity);
  let work: LineWork = { line, parts: [] };
  for (const place of places) work = issued(of.channel.locations, work, place.location, place.quantity);
  const shippedFrom = plusAll(line.shippedFrom ?? nowhere, places);
  return { line: withOptional(work.line, { shippedFrom }), parts: work.parts };
};

/** Only what the shop's own word had issued; what a warehouse reported is the warehouse's to correct. */
const shipFewer = (draft: Draft, of: TargetOf, order: OrderLine, line: LineStanding, quantity: number): LineWork => {
  const { shippedFrom = nowhere } = line;
  const places = firstOf(lastPlacesFirst(of.channel.locations, shippedFrom), quantity);
  let work: LineWork = { line, parts: [] };
  for (const place of places) work = unissued(draft, order, work, place.location, place.quantity);
  return { line: withOptional(work.line, { shippedFrom: minusAll(shippedFrom, places) }), parts: work.parts };
};

const issuedData = (
  draft: Draft,
  { command, target }: TargetOf,
  order: OrderLine,
  work: LineWork,
): StockIssued['data'] => {
  const parts = netted(work.parts);
  const fact = orderFact(draft, order, target.version);
  const { line } = work;
  return isLate(draft.before, command.occurredAt, draft.now)
    ? { parts, fact, order, line, late: true }
    : { parts, fact, order, line };
};

/** Answers the line as it stands then. */
const emitIssued = (
  draft: Draft,
  of: TargetOf,
  order: OrderLine,
  before: LineStanding,
  work: LineWork,
): LineStanding => {
  const { line } = work;
  const { occurredAt } = of.command;
  draft.emit({ type: 'StockIssued', data: issuedData(draft, of, order, work), occurredAt });
  tellPromises(draft, before, { order, line, occurredAt });
  return line;
};

/**
 * The shop says that it has shipped less than it had said: those units are back before anything else is decided. Answers
 * the line as it stands then.
 */
export const voidShipped = (draft: Draft, of: TargetOf, order: OrderLine, line: LineStanding): LineStanding => {
  if (line.shippedFrom === undefined) return line;
  const tooMany = Math.min(line.issued - issuedAfter(line, of), sumOf(line.shippedFrom));
  return tooMany > 0 ? emitIssued(draft, of, order, line, shipFewer(draft, of, order, line, tooMany)) : line;
};

/** Where the shop is author of issues, what it says it has shipped is issued. Answers the line as it stands then. */
export const settleShipped = (draft: Draft, of: TargetOf, order: OrderLine, line: LineStanding): LineStanding => {
  const more = issuedAfter(line, of) - line.issued;
  return more > 0 ? emitIssued(draft, of, order, line, shipMore(of, line, more)) : line;
};
