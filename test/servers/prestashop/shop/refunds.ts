import { actCause, runHook, type Cause, type Context } from './context.js';
import { movementReasons, recordMovement } from './movements.js';
import { moveUnits } from './packs.js';
import { hasBeenDelivered, hasBeenPaid } from './past.js';
import { recomputeForOrder } from './reserved.js';
import { done, refused, type ActResult } from './refusal.js';
import type { DetailRow } from './rows.js';
import { sellableOf } from './states.js';

/** Units of one line. */
export type LineUnits = { readonly detail: number; readonly units: number };

export type Refund = LineUnits & {
  /** Only asked where the order has been delivered: before that, units always come back. */
  readonly restock?: boolean;
  /** A voucher in place of a credit slip: then there is no slip at all. */
  readonly voucherOnly?: boolean;
};

/** Of a paid order, at any time. */
export const partialRefund = async (context: Context, refund: Refund): Promise<ActResult> =>
  refundLine(context, refund, actCause('partial refund'), {
    refuse: (order) =>
      hasBeenPaid(context, order) ? undefined : 'Can not perform partial refund on an order which is not paid',
    restocks: (order) => refund.restock === true || !hasBeenDelivered(context, order),
  });

/** Of a paid order before it is delivered: the units always come back. */
export const standardRefund = async (context: Context, refund: LineUnits): Promise<ActResult> =>
  refundLine(context, refund, actCause('standard refund'), {
    refuse: (order) => {
      if (!hasBeenPaid(context, order)) return 'Can not perform standard refund on an order which is not paid';
      return hasBeenDelivered(context, order)
        ? 'Can not perform standard refund on order already delivered'
        : undefined;
    },
    restocks: () => true,
  });

/** Of a delivered order. */
export const returnProduct = async (context: Context, refund: Refund): Promise<ActResult> =>
  refundLine(context, refund, actCause('return product'), {
    refuse: (order) =>
      hasBeenDelivered(context, order) ? undefined : 'Can not perform return product on order with not delivered yet',
    restocks: () => refund.restock === true,
  });

type Rules = {
  readonly refuse: (order: number) => string | undefined;
  readonly restocks: (order: number) => boolean;
};

/** Counters and a slip; the order's own row does not move. */
const refundLine = async (
  context: Context,
  { detail, units, voucherOnly = false }: Refund,
  cause: Cause,
  { refuse, restocks }: Rules,
): Promise<ActResult> => {
  const line = context.tables.details.get(detail);
  if (line === undefined) return refused('No such line.');
  const why = refuse(line.id_order);
  if (why !== undefined) return refused(why);
  const refundable = Math.min(
    units,
    line.product_quantity - line.product_quantity_refunded - line.product_quantity_return,
  );
  // An edit may have left the line with fewer units than were refunded of it.
  if (refundable < 1) return refused('Nothing of the line is left to refund.');
  const reinjected = restocks(line.id_order) ? await restock(context, line, refundable, cause) : 0;
  const pause = context.pause({ point: 'refund', order: line.id_order, cause });
  if (pause !== undefined) await pause;
  runHook(context, 'actionProductCancel', line.id_order);
  count(context, line, refundable, reinjected);
  if (!voucherOnly) insertSlip(context, line, refundable);
  return done;
};

/** What of a line comes back to its row: never more than was taken. Reserved is recomputed before the line is counted. */
const restock = async (context: Context, line: DetailRow, units: number, cause: Cause): Promise<number> => {
  const reinjected = Math.min(units, line.product_quantity - line.product_quantity_reinjected);
  await moveUnits(context, sellableOf(line), reinjected, cause);
  recordMovement(context, {
    sellable: sellableOf(line),
    units: reinjected,
    order: line.id_order,
    reason: movementReasons.customerOrder,
  });
  const order = context.tables.orders.get(line.id_order);
  if (order !== undefined) recomputeForOrder(context, order);
  return reinjected;
};

const count = (context: Context, line: DetailRow, units: number, reinjected: number): void => {
  const delivered = hasBeenDelivered(context, line.id_order);
  context.tables.details.put({
    ...line,
    product_quantity_refunded: line.product_quantity_refunded + (delivered ? 0 : units),
    product_quantity_return: line.product_quantity_return + (delivered ? units : 0),
    product_quantity_reinjected: line.product_quantity_reinjected + reinjected,
  });
};

const insertSlip = (context: Context, line: DetailRow, units: number): void => {
  const now = context.clock.local();
  context.tables.slips.insert({
    id_customer: context.tables.orders.get(line.id_order)?.id_customer ?? 0,
    id_order: line.id_order,
    partial: 0,
    lines: [{ id_order_detail: line.id, product_quantity: units }],
    date_add: now,
    date_upd: now,
  });
  runHook(context, 'actionOrderSlipAdd', line.id_order);
};
