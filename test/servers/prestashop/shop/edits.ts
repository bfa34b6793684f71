import { configuredNumber } from './configuration.js';
import { actCause, runHook, type Cause, type Context } from './context.js';
import { movementReasons, recordMovement } from './movements.js';
import { insertLine } from './orders.js';
import { moveUnits } from './packs.js';
import { hasBeenDelivered, hasBeenPaid, hasBeenShipped } from './past.js';
import { isVoid, recomputeForOrder } from './reserved.js';
import { done, refused, type ActResult } from './refusal.js';
import type { CartLine, DetailRow } from './rows.js';
import { changeState, sellableOf } from './states.js';
import { rowOf } from './stock.js';

/** Edits of an order on its page in the back office. All of them move the order's `date_upd`. */
const touch = (context: Context, id: number, hook: 'actionOrderEdited' | 'actionProductCancel'): void => {
  const order = context.tables.orders.get(id);
  if (order !== undefined) context.tables.orders.put({ ...order, date_upd: context.clock.local() });
  runHook(context, hook, id);
};

/** A new line. In cancelled or error it takes nothing. The row's reserved quantity is left as it is. */
export const addProduct = async (context: Context, id: number, line: CartLine): Promise<ActResult> => {
  const order = context.tables.orders.get(id);
  if (order === undefined) return refused('No such order.');
  if (hasBeenShipped(context, id)) return refused('Cannot add product to shipped order.');
  const { quantity, ...product } = line;
  const sellable = { ...product, id_shop: order.id_shop };
  const inStock = rowOf(context, sellable).quantity;
  if (!isVoid(context, order.current_state)) {
    await moveUnits(context, sellable, -quantity, actCause('add product'));
  }
  insertLine(context, order, line, Math.min(quantity, inStock));
  touch(context, id, 'actionOrderEdited');
  return done;
};

/** Another quantity. The difference moves in every state, also where the order holds no stock. */
export const updateProduct = async (context: Context, detail: number, quantity: number): Promise<ActResult> => {
  const line = context.tables.details.get(detail);
  if (line === undefined) return refused('No such line.');
  if (hasBeenDelivered(context, line.id_order)) return refused('You cannot edit a delivered order.');
  const units = line.product_quantity - quantity;
  await moveLine(context, line, units, actCause('update product'));
  context.tables.details.put({ ...line, product_quantity: quantity });
  touch(context, line.id_order, 'actionOrderEdited');
  const order = context.tables.orders.get(line.id_order);
  // Measured: a line that shrinks leaves reserved and physical as they were.
  if (units < 0 && order !== undefined) recomputeForOrder(context, order);
  return done;
};

/** Gives the whole line back, whatever was refunded of it before. */
export const deleteProduct = async (context: Context, detail: number): Promise<ActResult> => {
  const line = context.tables.details.get(detail);
  if (line === undefined) return refused('No such line.');
  if (hasBeenDelivered(context, line.id_order)) return refused('Delivered order cannot be modified.');
  await removeLine(context, line, actCause('delete product'));
  touch(context, line.id_order, 'actionOrderEdited');
  return done;
};

/** Of an order that was never paid. With its last line the order is cancelled. */
export const cancelProduct = async (context: Context, detail: number, units: number): Promise<ActResult> => {
  const line = context.tables.details.get(detail);
  if (line === undefined) return refused('No such line.');
  if (hasBeenPaid(context, line.id_order)) return refused('Can not cancel product on an order which is already paid');
  const cause = actCause('cancel product');
  if (units < line.product_quantity) {
    await moveLine(context, line, units, cause);
    context.tables.details.put({ ...line, product_quantity: line.product_quantity - units });
    touch(context, line.id_order, 'actionProductCancel');
    return done;
  }
  await removeLine(context, line, cause);
  touch(context, line.id_order, 'actionProductCancel');
  if (context.tables.details.where(line.id_order).length > 0) return done;
  const state = configuredNumber(context, 'PS_OS_CANCELED');
  return changeState(context, { order: line.id_order, state, changer: 'back_office' }, cause);
};

const removeLine = async (context: Context, line: DetailRow, cause: Cause): Promise<void> => {
  await moveLine(context, line, line.product_quantity, cause);
  context.tables.details.remove(line.id);
};

const moveLine = async (context: Context, line: DetailRow, units: number, cause: Cause): Promise<void> => {
  if (units === 0) return;
  await moveUnits(context, sellableOf(line), units, cause);
  recordMovement(context, {
    sellable: sellableOf(line),
    units,
    order: line.id_order,
    reason: movementReasons.customerOrder,
  });
};
