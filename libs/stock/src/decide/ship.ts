import { netted } from '../difference.js';
import type { Committed, LineStanding, OrderLine } from '../standing.js';
import { lastPlacesFirst, withOptional } from '../lines.js';
import { firstOf, minusAll, plusAll, plusAt, sumOf } from '../places.js';
import { isLate } from '../state/movements.js';
import { tellPromises } from './backorders.js';
import type { Draft } from './draft.js';
import { issued, recallLine, unissued, type LineWork } from './line-work.js';
import { issuedAfter, type TargetOf } from './target-of.js';
import { orderFact } from './restock.js';

/** Where shipped units have left: as told, else where they are committed, else the channel's first location. */
const shippedPlaces = (line: LineStanding, { target, channel }: TargetOf, quantity: number): readonly Committed[] => {
  if (target.location !== undefined) return [{ location: target.location, quantity }];
  const committed = firstOf(
    line.committed.filter(({ location }) => !location.startsWith('unsourced:')),
    quantity,
  );
  const rest = quantity - sumOf(committed);
  return plusAt(committed, committed.at(-1)?.location ?? channel.locations[0] ?? '', rest);
};

const shipMore = (of: TargetOf, line: LineStanding, quantity: number): LineWork => {
  const places = shippedPlaces(line, of, quantity);
  const work = places.reduce<LineWork>(
    (before, place) => issued(of.channel.locations, before, place.location, place.quantity),
    {
      line,
      parts: [],
    },
  );
  const shippedFrom = plusAll(line.shippedFrom ?? [], places);
  return { line: withOptional(work.line, { shippedFrom }), parts: work.parts };
};

/** Only what the shop's own word had issued; what a warehouse reported is the warehouse's to correct. */
const shipFewer = (draft: Draft, of: TargetOf, order: OrderLine, quantity: number): LineWork => {
  const line = recallLine(draft, order, of.command.placedAt);
  const { shippedFrom = [] } = line;
  const places = firstOf(lastPlacesFirst(of.channel.locations, shippedFrom), quantity);
  const work = places.reduce<LineWork>(
    (before, place) => unissued(draft, order, before, place.location, place.quantity),
    { line, parts: [] },
  );
  return { line: withOptional(work.line, { shippedFrom: minusAll(shippedFrom, places) }), parts: work.parts };
};

const emitIssued = (draft: Draft, { command, target }: TargetOf, order: OrderLine, { line, parts }: LineWork): void => {
  const before = recallLine(draft, order, command.placedAt);
  const late = isLate(draft.before, command.occurredAt, draft.now) ? { late: true as const } : {};
  draft.emit({
    type: 'StockIssued',
    data: { parts: netted(parts), fact: orderFact(draft, order, target.version), order, line, ...late },
    occurredAt: command.occurredAt,
  });
  tellPromises(draft, before, { order, line, occurredAt: command.occurredAt });
};

/** The shop says that it has shipped less than it had said: those units are back before anything else is decided. */
export const voidShipped = (draft: Draft, of: TargetOf, order: OrderLine): void => {
  const line = recallLine(draft, order, of.command.placedAt);
  const tooMany = Math.min(line.issued - issuedAfter(line, of), sumOf(line.shippedFrom ?? []));
  if (tooMany > 0) emitIssued(draft, of, order, shipFewer(draft, of, order, tooMany));
};

/** Where the shop is author of issues, what it says it has shipped is issued. */
export const settleShipped = (draft: Draft, of: TargetOf, order: OrderLine): void => {
  const line = recallLine(draft, order, of.command.placedAt);
  const more = issuedAfter(line, of) - line.issued;
  if (more > 0) emitIssued(draft, of, order, shipMore(of, line, more));
};
