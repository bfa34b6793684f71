import { type NumberSet, sum, zero } from '#channel-kit';
import { effectsOf, type OrderLine, type OrderView, type RowKey } from '../src/index.js';

export type Model = typeof effectsOf;

const withLines = (
  order: OrderView | undefined,
  change: (line: OrderLine, order: OrderView) => OrderLine,
): OrderView | undefined => order && { ...order, lines: order.lines.map((line) => change(line, order)) };

/** The model as it is, of an order whose lines say something else. */
const saying =
  (change: (line: OrderLine, order: OrderView) => OrderLine): Model =>
  (before, after) =>
    effectsOf(withLines(before, change), withLines(after, change));

const sayingNothing = ({ reduced: _, ...line }: OrderLine): OrderLine => line;

/** Orders in one of these hold nothing. */
const givingBackIn = (...statuses: readonly string[]): Model =>
  saying((line, { status }) => (statuses.includes(status) ? sayingNothing(line) : line));

const taking: readonly string[] = ['on-hold', 'processing', 'completed'];

const without = (order: OrderView): OrderView => ({ ...order, lines: [] });

/** What the order takes, and what it gives back, moves once. */
const movingOnce: Model = (before, after) => {
  const moves = new Map<RowKey, NumberSet>();
  if (after === undefined) return moves;
  for (const [order, sign] of [[before, 1] as const, [after, -1] as const]) {
    for (const { stock, reduced = 0 } of order?.lines ?? []) {
      if ('row' in stock) moves.set(stock.row, sum(moves.get(stock.row) ?? zero, [sign * reduced]));
    }
  }
  return moves;
};

/** Models with one rule that is wrong. */
export const brokenModels: Readonly<Record<string, Model>> = {
  'nothing moves': () => new Map(),
  'a reading alone says it': (_, after) => effectsOf(undefined, after),
  'an order takes what it sells, whatever its lines say': saying((line, { status }) =>
    taking.includes(status) ? { ...line, reduced: line.quantity } : sayingNothing(line),
  ),
  'refunds put nothing back': saying((line) =>
    line.reduced === undefined ? line : { ...line, reduced: line.reduced + (line.restocked ?? 0) },
  ),
  'failed gives back': givingBackIn('failed'),
  'refunded gives back': givingBackIn('refunded'),
  'the trash gives back': givingBackIn('trash'),
  'a deletion gives back': (before, after) => effectsOf(before, after ?? (before && without(before))),
  'a line that moves to another product moves its units': saying((line) => ({
    ...line,
    id: line.id * 100_000 + line.productId,
  })),
};

/** Found where two do the same at once, and nowhere else. */
export const blindToRaces: Readonly<Record<string, Model>> = { 'nothing moves twice': movingOnce };
