import type { Context } from './context.js';
import type { StateRow } from './rows.js';

/** Whether an order has ever been in a state with a flag: so the back office tells what may be done with it. */
const hasBeenIn = (context: Context, order: number, has: (state: StateRow) => boolean): boolean =>
  context.tables.histories.where(order).some((row) => {
    const state = context.tables.states.get(row.id_order_state);
    return state !== undefined && has(state);
  });

export const hasBeenPaid = (context: Context, order: number): boolean =>
  hasBeenIn(context, order, (state) => state.paid === 1);

export const hasBeenShipped = (context: Context, order: number): boolean =>
  hasBeenIn(context, order, (state) => state.shipped === 1);

/** By the flag `delivery`, which the state "processing" has too. */
export const hasBeenDelivered = (context: Context, order: number): boolean =>
  hasBeenIn(context, order, (state) => state.delivery === 1);
