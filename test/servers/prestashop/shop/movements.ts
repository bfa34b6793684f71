import type { Context } from './context.js';
import { findRow, type Sellable } from './stock.js';

/** The person that the back office acts as; the webservice and the shopper are nobody. */
export const employee = 1;

/** As a new shop numbers them. */
export const movementReasons = { increase: 1, decrease: 2, customerOrder: 3, byHand: 11 } as const;

/** A line in the history of stock. It says what somebody did; the quantity was written elsewhere. */
export const recordMovement = (context: Context, { sellable, units, order = 0, reason }: MovementOf): void => {
  const row = findRow(context, sellable);
  if (row === undefined || units === 0) return;
  context.tables.movements.insert({
    id_stock: row.id,
    id_order: order,
    id_employee: employee,
    id_stock_mvt_reason: reason,
    physical_quantity: Math.abs(units),
    sign: Math.sign(units),
    date_add: context.clock.local(),
  });
};

type MovementOf = {
  readonly sellable: Sellable;
  readonly units: number;
  readonly order?: number;
  readonly reason: number;
};
