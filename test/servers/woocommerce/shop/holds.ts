import type { Context } from './context.js';
import type { Order } from './rows.js';
import { managedRowOfLine } from './stock.js';

const minuteMs = 60_000;
const unpaid: ReadonlySet<string> = new Set(['pending', 'checkout-draft']);

/** What checkouts of others have set aside of a row and may still be paid. */
export const heldByOthers = (context: Context, product: number, except?: number): number =>
  [...context.holds]
    .filter((hold) => hold.product === product && hold.order !== except && hold.endsAt > context.now())
    .filter(({ order }) => unpaid.has(context.orders.get(order)?.status ?? ''))
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** Sets aside what an order's lines need, of rows that may not be owed. */
export const holdFor = (context: Context, order: Order): void => {
  const minutes = context.settings.holdStockMinutes ?? 0;
  if (minutes === 0) return;
  for (const line of order.lines) {
    const row = managedRowOfLine(context, line);
    if (row?.backorders !== 'no') continue;
    const endsAt = context.now() + minutes * minuteMs;
    context.holds.add({ order: order.id, product: row.id, quantity: line.quantity, endsAt });
  }
};
