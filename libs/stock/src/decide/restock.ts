import type { Fact } from '../events.js';
import type { LineStanding, OrderLine } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import { withOptional, returnedOf } from '../lines.js';
import { lastOf, minusAll, plusAt, sumOf } from '../places.js';
import type { Part } from '../parts.js';
import type { Draft } from './draft.js';
import { isLate } from '../state/movements.js';
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

type Told = { readonly version: number; readonly occurredAt: string };

const emitReturned = (draft: Draft, order: OrderLine, work: Restocked, { version, occurredAt }: Told): void => {
  const { line, parts } = work;
  if (parts.length === 0) return;
  const fact = orderFact(draft, order, version);
  const said = { parts, fact, disposition: 'sellable', order, line } as const;
  const data = isLate(draft.before, occurredAt, draft.now) ? { ...said, late: true as const } : said;
  draft.emit({ type: 'StockReturned', data, occurredAt });
};

/**
 * The shop says that less has come back than it had said: those units are gone before anything else is decided. Answers
 * the line as it stands then.
 */
export const voidRestocked = (draft: Draft, of: TargetOf, order: OrderLine, line: LineStanding): LineStanding => {
  const { command, target } = of;
  if (target.restocked === undefined) return line;
  const wanted = targeted(line, of);
  const tooMany = line.returned - returnedOf({ ...wanted, issued: issuedAfter(wanted, of) });
  if (tooMany <= 0) return line;
  const work = fewer(line, tooMany);
  emitReturned(draft, order, work, { version: target.version, occurredAt: command.occurredAt });
  return work.parts.length === 0 ? line : work.line;
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
