import { orderOf, type Context } from './context.js';
import type { Line, Refund } from './rows.js';
import { managedRowOfLine, moveStock } from './stock.js';
import { cents, leftOf } from './totals.js';
import { enterStatus } from './transitions.js';

export type RefundAsked = {
  readonly amount: number;
  readonly lines?: readonly { readonly line: number; readonly quantity: number; readonly total?: number }[];
  /** Whether units go back into stock: by default they do. */
  readonly restock?: boolean;
};

/** Nobody compares the units with those that were bought. An order whose whole amount is back becomes refunded. */
export const refund = async (
  context: Context,
  id: number,
  { amount, lines = [], restock = true }: RefundAsked,
): Promise<Refund> => {
  const now = context.now();
  const order = orderOf(context, id);
  const made: Refund = {
    ...{ id: context.nextId(), amount, reason: '', createdAt: now, isFull: cents(amount) >= leftOf(order) },
    lines: lines.map((line) => ({ total: 0, ...line, id: context.nextLineId() })),
  };
  const units = new Map(restock ? lines.map(({ line, quantity }) => [line, quantity]) : []);
  const restocked = order.lines.map((line) => restockLine(context, line, units.get(line.id) ?? 0));
  context.orders.set(id, { ...order, modifiedAt: now, lines: restocked, refunds: [...order.refunds, made] });
  if (made.isFull && order.status !== 'refunded') await enterStatus(context, id, 'refunded');
  return made;
};

/** A line that has taken nothing, or has nothing left of it, gives nothing back. */
const restockLine = (context: Context, line: Line, units: number): Line => {
  const row = managedRowOfLine(context, line);
  if (units === 0 || row === undefined || (line.reduced ?? 0) === 0) return line;
  moveStock(context, row, units);
  return { ...line, reduced: (line.reduced ?? 0) - units, restocked: (line.restocked ?? 0) + units };
};

/** Moves nothing; the order's date stays. False where there is no such refund. */
export const deleteRefund = (context: Context, id: number, refundId: number): boolean => {
  const order = orderOf(context, id);
  const refunds = order.refunds.filter((one) => one.id !== refundId);
  context.orders.set(id, { ...order, refunds });
  return refunds.length < order.refunds.length;
};
