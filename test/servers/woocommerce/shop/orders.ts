import { orderOf, type Context } from './context.js';
import { editLines, newLine, settled, type LineEdit } from './edits.js';
import type { Order, OrderStatus } from './rows.js';
import { enterStatus } from './transitions.js';

export type NewOrder = {
  readonly lines: readonly LineEdit[];
  readonly status?: OrderStatus;
  readonly setPaid?: boolean;
  readonly createdVia?: string;
  readonly paymentMethod?: string;
  readonly billing?: Readonly<Record<string, unknown>>;
  readonly meta?: Readonly<Record<string, string>>;
};

/** Statuses out of which a payment leads; from others it changes nothing. */
const payableWhenCreated: ReadonlySet<OrderStatus> = new Set([
  'pending',
  'on-hold',
  'failed',
  'cancelled',
  'checkout-draft',
]);
const payableLater: ReadonlySet<OrderStatus> = new Set(['pending', 'failed']);

/** An order that nobody refuses for lack of stock, and that sets nothing aside. */
export const createOrder = async (context: Context, asked: NewOrder): Promise<Order> => {
  const order = draftOrder(context, asked);
  const wanted = asked.status ?? 'pending';
  const status = asked.setPaid === true && payableWhenCreated.has(wanted) ? 'processing' : wanted;
  if (status !== order.status) await enterStatus(context, order.id, status);
  return orderOf(context, order.id);
};

/** Pending, with its lines, and nothing taken. */
export const draftOrder = (
  context: Context,
  { lines, createdVia = 'rest-api', paymentMethod = '', billing, meta = {} }: NewOrder,
): Order => {
  const now = context.now();
  const id = context.nextId();
  const order: Order = {
    ...{ id, status: 'pending', statusBefore: undefined, isReduced: false, createdVia, paymentMethod, billing },
    ...{ key: `wc_order_${id}`, meta, lines: lines.map((line) => newLine(context, line)), refunds: [] },
    ...{ createdAt: now, modifiedAt: now, paidAt: undefined, completedAt: undefined },
  };
  context.orders.set(id, order);
  return order;
};

export type OrderEdit = {
  readonly status?: OrderStatus;
  readonly setPaid?: boolean;
  readonly lines?: readonly LineEdit[];
};

/** Lines first, the status after them. The order's date moves whatever is asked. */
export const updateOrder = async (
  context: Context,
  id: number,
  { status, setPaid, lines = [] }: OrderEdit,
): Promise<Order> => {
  editLines(context, id, lines);
  const order = orderOf(context, id);
  context.orders.set(id, { ...order, modifiedAt: context.now() });
  if (status !== undefined) await enterStatus(context, id, status);
  else if (setPaid === true && payableLater.has(order.status)) await enterStatus(context, id, 'processing');
  return orderOf(context, id);
};

/** The form of the back office: every line is saved. */
export const saveForm = (context: Context, id: number): void => {
  for (const { id: line } of orderOf(context, id).lines) {
    const order = orderOf(context, id);
    const lines = order.lines.map((one) => (one.id === line ? settled(context, order, one) : one));
    context.orders.set(id, { ...order, lines, modifiedAt: context.now() });
  }
};

/** Takes the order out of sight; its units stay where they are. */
export const trashOrder = (context: Context, id: number): void => {
  const order = orderOf(context, id);
  context.orders.set(id, { ...order, status: 'trash', statusBefore: order.status, modifiedAt: context.now() });
};

export const untrashOrder = (context: Context, id: number): void => {
  const { statusBefore = 'pending', ...order } = orderOf(context, id);
  context.orders.set(id, { ...order, status: statusBefore, statusBefore: undefined, modifiedAt: context.now() });
};

/** What it had taken is gone for good. */
export const deleteOrder = (context: Context, id: number): void => void context.orders.delete(id);
