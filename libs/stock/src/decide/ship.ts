import { netted } from '../difference.js';
import type { Committed, LineStanding, OrderLine } from '../events.js';
import { placesAs } from '../lines.js';
import { firstOf, lastOf, minusAll, plusAll, plusAt, sumOf } from '../places.js';
import { isLate } from '../state/movements.js';
import type { Draft } from './draft.js';
import { issued, recallLine, unissued, type LineWork } from './line-work.js';
import type { TargetOf } from './target-of.js';
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

const shipMore = (order: OrderLine, of: TargetOf, line: LineStanding, quantity: number): LineWork => {
  const places = shippedPlaces(line, of, quantity);
  const work = places.reduce<LineWork>((before, place) => issued(order, before, place.location, place.quantity), {
    line,
    parts: [],
  });
  const shippedFrom = plusAll(line.shippedFrom ?? [], places);
  return { line: { ...work.line, ...placesAs('shippedFrom', shippedFrom) }, parts: work.parts };
};

/** Only what the shop's own word had issued; what a warehouse reported is the warehouse's to correct. */
const shipFewer = ({ shippedFrom = [], ...line }: LineStanding, quantity: number): LineWork => {
  const places = lastOf(shippedFrom, quantity);
  const work = places.reduce<LineWork>((before, place) => unissued(before, place.location, place.quantity), {
    line,
    parts: [],
  });
  return { line: { ...work.line, ...placesAs('shippedFrom', minusAll(shippedFrom, places)) }, parts: work.parts };
};

/** Where the shop is author of issues: what it says it has shipped is issued, and taken back when it says less. */
export const settleShipped = (draft: Draft, of: TargetOf, order: OrderLine): void => {
  const { command, target } = of;
  if (target.shipped === undefined) return;
  const before = recallLine(draft, order, command.placedAt);
  const change = Math.max(0, target.shipped - target.baselineIssued) - before.issued;
  const { line, parts } = change > 0 ? shipMore(order, of, before, change) : shipFewer(before, -change);
  if (parts.length === 0) return;
  const late = isLate(draft.before, command.occurredAt, draft.now) ? { late: true as const } : {};
  draft.emit({
    type: 'StockIssued',
    data: { parts: netted(parts), fact: orderFact(draft, order, line), order, line, ...late },
    occurredAt: command.occurredAt,
  });
};
