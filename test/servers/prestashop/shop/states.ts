import { runHook, type Cause, type Context } from './context.js';
import { employee, movementReasons, recordMovement } from './movements.js';
import { isPack, moveUnits } from './packs.js';
import { isVoid, recomputeForOrder } from './reserved.js';
import { done, refused, type ActResult } from './refusal.js';
import type { DetailRow, HistoryRow, OrderRow, StateRow } from './rows.js';
import type { Sellable } from './stock.js';

/** Who changes a state. The back office's page refuses the state that the order has already. */
export type Changer = 'webservice' | 'back_office' | 'back_office_page';

export const sellableOf = (line: DetailRow): Sellable => ({
  id_product: line.product_id,
  id_product_attribute: line.product_attribute_id,
  id_shop: line.id_shop,
});

/** Units that come back to the row (+) or are taken from it (-) when an order goes from one state to another. */
export const unitsOfChange = (context: Context, line: DetailRow, from: StateRow | undefined, to: StateRow): number => {
  const wasVoid = from !== undefined && isVoid(context, from.id);
  const becomesVoid = isVoid(context, to.id);
  if (wasVoid === becomesVoid) return 0;
  const pack = isPack(context, line.product_id);
  if (becomesVoid) return pack && from?.logable === 1 ? 0 : line.product_quantity;
  const takes = to.logable === 1 ? !pack : context.traits.takesAgain === 'every_target';
  return takes ? -line.product_quantity : 0;
};

/**
 * Takes an order to a state, moves its units, and writes a row of its history.
 *
 * @throws where order or state do not exist, as the shop's own code does
 */
export const changeState = async (
  context: Context,
  { order: id, state, changer }: StateChange,
  cause: Cause,
): Promise<ActResult & { readonly history?: HistoryRow | undefined }> => {
  const order = context.tables.orders.get(id);
  const to = context.tables.states.get(state);
  if (order === undefined || to === undefined) throw new Error(`No order ${id}, or no state ${state}.`);
  if (changer === 'back_office_page' && order.current_state === state) {
    return refused('The order has already been assigned this status.');
  }
  const pause = context.pause({ point: 'state_change', order: id, cause });
  if (pause !== undefined) await pause;
  await moveLines(context, { order, to, changer, cause });
  return { ...done, history: enterState(context, id, to, changer === 'webservice' ? 0 : employee) };
};

export type StateChange = { readonly order: number; readonly state: number; readonly changer: Changer };

type Moving = {
  readonly order: OrderRow;
  readonly to: StateRow;
  readonly changer: Changer;
  readonly cause: Cause;
};

const moveLines = async (context: Context, { order, to, changer, cause }: Moving): Promise<void> => {
  const from = context.tables.states.get(order.current_state);
  const movesShipped = changer !== 'webservice' && (from?.shipped ?? 0) !== to.shipped;
  for (const line of context.tables.details.where(order.id)) {
    const units = unitsOfChange(context, line, from, to);
    if (units !== 0) await moveUnits(context, sellableOf(line), units, cause);
    if (!movesShipped) continue;
    recordMovement(context, {
      sellable: sellableOf(line),
      units: to.shipped === 1 ? -line.product_quantity : line.product_quantity,
      order: order.id,
      reason: movementReasons.customerOrder,
    });
  }
};

/** Order, history and reserved quantities, as they stand after a change of state. */
export const enterState = (context: Context, id: number, to: StateRow, by: number): HistoryRow | undefined => {
  const order = context.tables.orders.get(id);
  if (order === undefined) return undefined;
  const now = context.clock.local();
  const changed = { ...order, current_state: to.id, valid: to.logable, date_upd: now };
  context.tables.orders.put(changed);
  const history = context.tables.histories.insert({
    id_employee: by,
    id_order_state: to.id,
    id_order: id,
    date_add: now,
  });
  recomputeForOrder(context, changed);
  runHook(context, 'actionOrderHistoryAddAfter', id);
  return history;
};
