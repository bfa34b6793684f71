import type { IssueStock } from '../commands.js';
import { netted } from '../difference.js';
import type { LineStanding, OrderLine } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import type { Part } from '../parts.js';
import { sumOf } from '../places.js';
import type { PostedFact } from '../state/facts.js';
import { tellPromises } from './backorders.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { issued, locationsOf, recallLine, unissued, type LineWork } from './line-work.js';
import { reported, report } from './report.js';
import { settleRestocked } from './restock.js';

/** What stands of an issue: units that left a location. Whether they had been committed is the line's matter. */
const standsOf = (location: string, quantity: number): readonly Part[] =>
  quantity === 0 ? [] : [{ location, from: 'sellable', to: 'customer', quantity }];

type Step = { readonly location: string; readonly quantity: number };

/** From what stood to what stands: the difference where the place is the same, else back there and out here. */
const stepsOf = (last: readonly Part[], { location, quantity }: Step): readonly Step[] => {
  const stood = last.map((part) => ({ location: part.location, quantity: -part.quantity }));
  if (stood.every((step) => step.location === location)) return [{ location, quantity: quantity + sumOf(stood) }];
  return [...stood, { location, quantity }];
};

const tillPart = ({ location, quantity }: Step): Part =>
  quantity > 0
    ? { location, from: 'sellable', to: 'customer', quantity }
    : { location, from: 'customer', to: 'sellable', quantity: -quantity };

const work = (draft: Draft, order: OrderLine, line: LineStanding, steps: readonly Step[]): LineWork =>
  steps.reduce<LineWork>(
    (before, { location, quantity }) =>
      quantity >= 0
        ? issued(locationsOf(draft, order.channel), before, location, quantity)
        : unissued(draft, order, before, location, -quantity),
    { line, parts: [] },
  );

type Change = {
  readonly order: OrderLine | undefined;
  readonly steps: readonly Step[];
  readonly stands: readonly Part[];
};

const emitIssue = (command: IssueStock, draft: Draft, last: PostedFact | undefined, change: Change): void => {
  const { order, steps, stands } = change;
  const { occurredAt } = command;
  if (!order) {
    const parts = netted(steps.filter(({ quantity }) => quantity !== 0).map(tillPart));
    draft.emit({ type: 'StockIssued', data: reported(command, draft, last, { parts, stands }), occurredAt });
    return;
  }
  const before = recallLine(draft, order, occurredAt);
  const done = work(draft, order, before, steps);
  const data = { ...reported(command, draft, last, { parts: netted(done.parts), stands }), order, line: done.line };
  draft.emit({ type: 'StockIssued', data, occurredAt });
  tellPromises(draft, before, { order, line: done.line, occurredAt });
  settleRestocked(draft, order, done.line, command.location, occurredAt);
};

const sameOrder = (a: OrderLine | undefined, b: OrderLine | undefined): boolean =>
  (a && lineKeyOf(a)) === (b && lineKeyOf(b));

/** Units left for a customer: those of an order line, or a till's. */
export const issue = (command: IssueStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const { order, location, quantity } = command;
    const stood = last?.stands ?? [];
    const stands = standsOf(location, quantity);
    if (!last || sameOrder(last.order, order)) {
      emitIssue(command, draft, last, { order, steps: stepsOf(stood, { location, quantity }), stands });
      return conclude(draft);
    }
    const back = stood.map((part) => ({ location: part.location, quantity: -part.quantity }));
    emitIssue(command, draft, last, { order: last.order, steps: back, stands: [] });
    emitIssue(command, draft, last, { order, steps: [{ location, quantity }], stands });
    return conclude(draft);
  });
