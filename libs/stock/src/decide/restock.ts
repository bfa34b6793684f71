import type { Fact } from '../events.js';
import type { LineStanding, OrderLine } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import { withOptional, returnedOf } from '../lines.js';
import { lastOf, minusAll, plusAt, sumOf } from '../places.js';
import type { Part } from '../parts.js';
import type { Draft } from './draft.js';
import { isLate } from '../state/movements.js';
import { recallLine } from './line-work.js';
import { issuedAfter, targeted, type TargetOf } from './target-of.js';

/** The fact that an order line's own target reports: guarded by its version, so it needs no hash. */
export const orderFact = (draft: Draft, order: OrderLine, version: number): Fact => ({
  connection: draft.policy.channels.get(order.channel)?.connection ?? order.channel,
  kind: 'ordered',
  sourceKey: lineKeyOf(order),
  version,
  hash: '',
});

type Restocked = { readonly line: LineStanding; readonly parts: readonly Part[] };

const more = (line: LineStanding, location: string, quantity: number): Restocked => ({
  line: withOptional(
    { ...line, returned: line.returned + quantity },
    { restockedTo: plusAt(line.restockedTo ?? [], location, quantity) },
  ),
  parts: [{ location, from: 'customer', to: 'sellable', quantity }],
});

const fewer = (line: LineStanding, quantity: number): Restocked => {
  const { restockedTo = [] } = line;
  const back = lastOf(restockedTo, quantity);
  return {
    line: withOptional(
      { ...line, returned: line.returned - sumOf(back) },
      { restockedTo: minusAll(restockedTo, back) },
    ),
    parts: back.map((place) => ({
      location: place.location,
      from: 'sellable',
      to: 'customer',
      quantity: place.quantity,
    })),
  };
};

const emitReturned = (
  draft: Draft,
  order: OrderLine,
  { line, parts }: Restocked,
  { version, occurredAt }: { readonly version: number; readonly occurredAt: string },
): void => {
  if (parts.length === 0) return;
  const fact = orderFact(draft, order, version);
  const late = isLate(draft.before, occurredAt, draft.now) ? { late: true as const } : {};
  const data = { parts, fact, disposition: 'sellable', order, line, ...late } as const;
  draft.emit({ type: 'StockReturned', data, occurredAt });
};

/** The shop says that less has come back than it had said: those units are gone before anything else is decided. */
export const voidRestocked = (draft: Draft, of: TargetOf, order: OrderLine): void => {
  const { command, target } = of;
  const line = recallLine(draft, order, command.placedAt);
  const wanted = targeted(line, of);
  const tooMany = line.returned - returnedOf({ ...wanted, issued: issuedAfter(wanted, of) });
  if (target.restocked === undefined || tooMany <= 0) return;
  emitReturned(draft, order, fewer(line, tooMany), { version: target.version, occurredAt: command.occurredAt });
};

/**
 * Where the shop is author of returns, what it has put back into its stock comes back as a return as far as it had been
 * issued; an issue, a return or a new snapshot may each change how far that is.
 */
export const settleRestocked = (
  draft: Draft,
  order: OrderLine,
  line: LineStanding,
  at: string,
  occurredAt: string,
): void => {
  if (line.restocked === undefined || line.version < 0) return;
  const change = returnedOf(line) - line.returned;
  if (change === 0) return;
  const settled = change > 0 ? more(line, at, change) : fewer(line, -change);
  emitReturned(draft, order, settled, { version: line.version, occurredAt });
};
