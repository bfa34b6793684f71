import { configuredNumber } from './configuration.js';
import { runHook, type Cause, type Context } from './context.js';
import { decimal, payableOf } from './prices.js';
import { employee } from './movements.js';
import { moveUnits } from './packs.js';
import { isVoid } from './reserved.js';
import { newOrder, type NewOrder } from './new-order.js';
import type { CartLine, CartRow, OrderRow } from './rows.js';
import { rowOf } from './stock.js';
import { enterState } from './states.js';

/**
 * Makes an order of a cart. Nothing is asked of the stock, and nothing keeps a cart from becoming a second order.
 *
 * @throws where cart or state do not exist
 */
export const createOrder = async (context: Context, asked: NewOrder, cause: Cause): Promise<OrderRow> => {
  const cart = context.tables.carts.get(asked.cart);
  if (cart === undefined) throw new Error(`No cart ${asked.cart}.`);
  const state = context.tables.states.get(stateOf(context, asked, cart));
  if (state === undefined) throw new Error(`No state ${asked.state}.`);
  const order = context.tables.orders.insert(newOrder(context, cart, asked));
  for (const line of cart.lines) await createLine(context, order, line, { state: state.id, cause });
  runHook(context, 'actionValidateOrder', order.id);
  const pause = context.pause({ point: 'history', order: order.id, cause });
  if (pause !== undefined) await pause;
  const by = asked.by === 'back_office' ? employee : 0;
  enterState(context, order.id, state, by);
  enterBackorder(context, order.id, state.id, by);
  runHook(context, 'actionValidateOrderAfter', order.id);
  return context.tables.orders.get(order.id) ?? order;
};

const stateOf = (context: Context, { paid, state }: NewOrder, cart: CartRow): number =>
  paid !== undefined && Number(paid) !== Number(payableOf(context, cart.lines))
    ? configuredNumber(context, 'PS_OS_ERROR')
    : state;

const createLine = async (
  context: Context,
  order: OrderRow,
  line: CartLine,
  { state, cause }: { readonly state: number; readonly cause: Cause },
): Promise<void> => {
  const { quantity, ...product } = line;
  const sellable = { ...product, id_shop: order.id_shop };
  const inStock = rowOf(context, sellable).quantity;
  if (!isVoid(context, state)) await moveUnits(context, sellable, -quantity, cause);
  insertLine(context, order, line, Math.min(quantity, inStock));
};

export const insertLine = (context: Context, order: OrderRow, line: CartLine, inStock: number): void => {
  const product = context.tables.products.get(line.id_product);
  const price = product?.price ?? decimal(0);
  context.tables.details.insert({
    id_order: order.id,
    id_shop: order.id_shop,
    product_id: line.id_product,
    product_attribute_id: line.id_product_attribute,
    product_name: product?.name ?? '',
    product_reference: product?.reference ?? '',
    product_price: price,
    original_wholesale_price: decimal(0),
    total_price: decimal(Number(price) * line.quantity),
    product_quantity: line.quantity,
    product_quantity_in_stock: inStock,
    product_quantity_return: 0,
    product_quantity_refunded: 0,
    product_quantity_reinjected: 0,
  });
};

/** Only where the shop is set so, which a new one is not: a second state for what is not there. */
const enterBackorder = (context: Context, order: number, state: number, by: number): void => {
  if (configuredNumber(context, 'PS_ENABLE_BACKORDER_STATUS') !== 1 || isVoid(context, state)) return;
  const lacks = context.tables.details
    .where(order)
    .some((line) => line.product_quantity_in_stock < line.product_quantity);
  const paid = context.tables.states.get(state)?.paid === 1;
  const name = paid ? 'PS_OS_OUTOFSTOCK_PAID' : 'PS_OS_OUTOFSTOCK_UNPAID';
  const backorder = context.tables.states.get(configuredNumber(context, name));
  if (lacks && backorder !== undefined) enterState(context, order, backorder, by);
};
