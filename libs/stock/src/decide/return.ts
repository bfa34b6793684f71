import type { ReturnStock } from '../commands.js';
import { difference } from '../difference.js';
import type { OrderLine } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import type { Part } from '../parts.js';
import { sumOf } from '../places.js';
import type { PostedFact } from '../state/facts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { recallLine } from './line-work.js';
import { reported, report } from './report.js';
import { settleRestocked } from './restock.js';

const wantedOf = ({ location, disposition, quantity }: ReturnStock): readonly Part[] =>
  quantity === 0
    ? []
    : [{ location, from: 'customer', to: disposition === 'scrapped' ? 'adjustment' : disposition, quantity }];

type Change = {
  readonly order: OrderLine | undefined;
  readonly stood: readonly Part[];
  readonly stands: readonly Part[];
};

const emitReturn = (command: ReturnStock, draft: Draft, last: PostedFact | undefined, change: Change): void => {
  const { order, stood, stands } = change;
  const { occurredAt, disposition } = command;
  const parts = difference(stands, stood);
  const data = { disposition, ...reported(command, draft, last, { parts, stands }) };
  if (!order) {
    draft.emit({ type: 'StockReturned', data, occurredAt });
    return;
  }
  const before = recallLine(draft, order, occurredAt);
  const line = { ...before, returned: Math.max(0, before.returned + sumOf(stands) - sumOf(stood)) };
  draft.emit({ type: 'StockReturned', data: { ...data, order, line }, occurredAt });
  settleRestocked(draft, order, line, command.location, occurredAt);
};

const sameOrder = (a: OrderLine | undefined, b: OrderLine | undefined): boolean =>
  (a && lineKeyOf(a)) === (b && lineKeyOf(b));

/** Units came back from a customer. A cancellation brings nothing back; only this does. */
export const returnStock = (command: ReturnStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const stood = last?.stands ?? [];
    const stands = wantedOf(command);
    if (!last || sameOrder(last.order, command.order)) {
      emitReturn(command, draft, last, { order: command.order, stood, stands });
      return conclude(draft);
    }
    emitReturn(command, draft, last, { order: last.order, stood, stands: [] });
    emitReturn(command, draft, last, { order: command.order, stood: [], stands });
    return conclude(draft);
  });
