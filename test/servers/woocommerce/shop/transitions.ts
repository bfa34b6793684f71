import { orderOf, type Context } from './context.js';
import type { Line, Order, OrderStatus, Refund } from './rows.js';
import { leftOf } from './totals.js';
import { managedRowOfLine, moveStock } from './stock.js';

/** What an order in one of these has taken from stock. */
const taking: ReadonlySet<OrderStatus> = new Set(['on-hold', 'processing', 'completed']);
const givingBack: ReadonlySet<OrderStatus> = new Set(['pending', 'cancelled']);
/** While an order waits to be paid, what its checkout set aside counts. */
const waiting: ReadonlySet<OrderStatus> = new Set(['pending', 'checkout-draft']);
const paying: ReadonlySet<OrderStatus> = new Set(['processing', 'completed']);

export const isTaking = ({ status }: Order): boolean => taking.has(status);

/**
 * The status is saved first and stock moves after it, by what was read before: two at once both find nothing taken, or all
 * of it, and move it twice.
 */
export const enterStatus = async (context: Context, id: number, status: OrderStatus): Promise<void> => {
  const read = orderOf(context, id);
  context.orders.set(id, { ...read, ...datesOf(context, read, status), status, statusBefore: undefined });
  if (!waiting.has(status) && status !== 'failed') releaseHolds(context, id);
  const held = context.pause({ at: 'status', order: id });
  if (held !== undefined) await held;
  if (taking.has(status) && !read.isReduced) take(context, id, read.lines);
  if (givingBack.has(status) && read.isReduced) giveBack(context, id, read.lines);
  if (status === 'refunded') refundRest(context, id);
};

const datesOf = (context: Context, read: Order, status: OrderStatus): Partial<Order> => {
  const now = context.now();
  return {
    modifiedAt: now,
    ...(paying.has(status) && { paidAt: read.paidAt ?? now }),
    ...(status === 'completed' && { completedAt: read.completedAt ?? now }),
  };
};

/** Who makes an order refunded gives back the amount that is left, and no units. */
const refundRest = (context: Context, id: number): void => {
  const order = context.orders.get(id);
  if (order === undefined || leftOf(order) <= 0) return;
  const rest: Refund = {
    ...{ id: context.nextId(), amount: leftOf(order) / 100, reason: 'Order fully refunded.' },
    ...{ createdAt: context.now(), isFull: true, lines: [] },
  };
  context.orders.set(id, { ...order, refunds: [...order.refunds, rest] });
};

export const releaseHolds = (context: Context, id: number): void => {
  for (const hold of context.holds) if (hold.order === id) context.holds.delete(hold);
};

/** Lines that say that they have taken something are left out. */
const take = (context: Context, id: number, lines: readonly Line[]): void =>
  changeLines(context, id, lines, true, (line) => {
    const row = managedRowOfLine(context, line);
    if (row === undefined || (line.reduced ?? 0) !== 0) return line;
    moveStock(context, row, -line.quantity);
    return { ...line, reduced: line.quantity };
  });

/** A line of what is not managed any more keeps what it says. */
const giveBack = (context: Context, id: number, lines: readonly Line[]): void =>
  changeLines(context, id, lines, false, (line) => {
    const row = managedRowOfLine(context, line);
    if (row === undefined || (line.reduced ?? 0) === 0) return line;
    moveStock(context, row, line.reduced ?? 0);
    return { ...line, reduced: undefined };
  });

const changeLines = (
  context: Context,
  id: number,
  lines: readonly Line[],
  isReduced: boolean,
  change: (line: Line) => Line,
): void => {
  const changed = new Map(lines.map((line) => [line.id, change(line)]));
  const order = context.orders.get(id);
  if (order === undefined) return;
  context.orders.set(id, { ...order, isReduced, lines: order.lines.map((line) => changed.get(line.id) ?? line) });
};
