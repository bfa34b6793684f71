import { configuredNumber } from './configuration.js';
import type { Context } from './context.js';
import type { OrderRow, StockRow } from './rows.js';
import { byProduct } from './tables.js';

/** The two configured states in which an order holds no stock. They are ids, not a flag. */
export const isVoid = (context: Context, state: number): boolean =>
  state === configuredNumber(context, 'PS_OS_CANCELED') || state === configuredNumber(context, 'PS_OS_ERROR');

const holdsReserved = (context: Context, order: OrderRow): boolean =>
  context.tables.states.get(order.current_state)?.shipped === 0 &&
  (order.valid === 1 || !isVoid(context, order.current_state));

const reservedOf = (context: Context, row: StockRow): number =>
  context.tables.details
    .where(row.id_product, byProduct)
    .filter((line) => line.product_attribute_id === row.id_product_attribute)
    .filter((line) => {
      const order = context.tables.orders.get(line.id_order);
      return order?.id_shop === row.id_shop && holdsReserved(context, order);
    })
    .reduce((sum, line) => sum + line.product_quantity - line.product_quantity_refunded, 0);

/** Recomputes reserved and physical of some rows, behind every hook. Rows that a group shares are never among them. */
const recompute = (context: Context, rows: readonly StockRow[]): void =>
  rows.forEach((row) => {
    const reserved = reservedOf(context, row);
    context.tables.stock.put({
      ...row,
      reserved_quantity: reserved,
      physical_quantity: row.quantity + reserved,
    });
  });

const rowsOf = (context: Context, shop: number, products: readonly number[]): readonly StockRow[] =>
  [...new Set(products)]
    .flatMap((product) => context.tables.stock.where(product))
    .filter((row) => row.id_shop === shop);

/** For the products that an order has lines of now. */
export const recomputeForOrder = (context: Context, order: OrderRow): void =>
  recompute(
    context,
    rowsOf(
      context,
      order.id_shop,
      context.tables.details.where(order.id).map((line) => line.product_id),
    ),
  );

export const recomputeForProduct = (context: Context, shop: number, product: number): void =>
  recompute(context, rowsOf(context, shop, [product]));

export const recomputeRow = (context: Context, row: StockRow): void => recompute(context, [row]);
