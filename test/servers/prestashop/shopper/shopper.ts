import { actCause, type Context } from '../shop/context.js';
import { createOrder } from '../shop/orders.js';
import type { CartLine, CartRow } from '../shop/rows.js';
import { lineInStock, missingLine, shortageMessage } from './in-stock.js';
import type { CheckoutStep, Page, Payment, Shopper, ShopperOptions } from './types.js';

/** Somebody who buys in the front office, as the classic theme lets him. Pages are told, not shown. */
export const createShopper = ({ context, shop = 1 }: ShopperOptions): Shopper => ({
  addToCart: (line, cart) => addToCart(context, line, cart ?? newCart(context, shop).id),
  checkoutStep: (cart, step) => showStep(context, cartOf(context, cart), step),
  checkCart: (cart) => ({ errors: missingLine(context, cartOf(context, cart)) !== undefined }),
  pay: (payment) => pay(context, payment),
});

const cartOf = ({ tables }: Context, id: number): CartRow => {
  const cart = tables.carts.get(id);
  if (cart === undefined) throw new Error(`No cart ${id}.`);
  return cart;
};

const guest = 3;

/** The row counts as it stands: what other carts hold is nobody's. */
const addToCart = (context: Context, line: CartLine, id: number): { cart: number; page: Page } => {
  const cart = cartOf(context, id);
  const others = cart.lines.filter((known) => !isSame(known, line));
  const held = cart.lines.find((known) => isSame(known, line))?.quantity ?? 0;
  const wanted = { ...line, quantity: held + line.quantity };
  if (!lineInStock(context, wanted, cart.id_shop)) {
    return { cart: cart.id, page: { kind: 'cart', message: shortageMessage(context, wanted, cart.id_shop) } };
  }
  context.tables.carts.put({ ...cart, lines: [...others, wanted], date_upd: context.clock.local() });
  return { cart: cart.id, page: { kind: 'shown', step: 'cart' } };
};

const isSame = (left: CartLine, right: CartLine): boolean =>
  left.id_product === right.id_product && left.id_product_attribute === right.id_product_attribute;

const newCart = ({ tables, clock }: Context, shop: number): CartRow => {
  const now = clock.local();
  return tables.carts.insert({
    id_shop: shop,
    id_customer: 0,
    id_address_delivery: 0,
    lines: [],
    date_add: now,
    date_upd: now,
  });
};

const showStep = async (context: Context, cart: CartRow, step: CheckoutStep): Promise<Page> => {
  const missing = missingLine(context, cart);
  if (missing !== undefined) return { kind: 'cart', message: shortageMessage(context, missing, cart.id_shop) };
  const known = introduced(context, cart);
  const stop = step === 'payment' ? await context.module().onPaymentStep?.(known) : undefined;
  return stop ?? { kind: 'shown', step };
};

/** A guest who has come past the cart has told who he is, and may pay. */
const introduced = ({ tables }: Context, cart: CartRow): CartRow => {
  const known = { ...cart, id_customer: cart.id_customer || guest, id_address_delivery: cart.id_address_delivery || 1 };
  tables.carts.put(known);
  return known;
};

const pay = async (context: Context, payment: Payment): Promise<Page> => {
  const module = context.module();
  const cart = cartOf(context, payment.cart);
  const callback = payment.callback ?? false;
  try {
    const early = await module.beforeOrder?.(cart, { callback, point: 'request' });
    if (early !== undefined) return early;
    const ended = endOf(context, payment);
    if (ended !== undefined) return ended;
    const late = await module.beforeOrder?.(cart, { callback, point: 'order' });
    return late ?? (await order(context, payment));
  } finally {
    module.afterPayment?.(cart);
  }
};

const emptyCart: Page = { kind: 'cart', message: '' };
const internalError = 500;

/**
 * Once its order is there, the cart is no longer the shopper's. A request that comes before that is over, or that has no
 * cookie, finds an order where it wants to make one, and ends in an error of the shop's own.
 */
const endOf = (context: Context, { cart: id, callback = false }: Payment): Page | undefined => {
  const cart = cartOf(context, id);
  const orders = context.tables.orders.where(id);
  if (cart.id_customer === 0 || cart.lines.length === 0) return emptyCart;
  if (orders.length === 0) return undefined;
  const isOver = orders.some((order) => order.current_state !== 0);
  return isOver && !callback ? emptyCart : { kind: 'error', status: internalError };
};

const order = async (context: Context, payment: Payment): Promise<Page> => {
  const { cart, state = 10, module: by = 'ps_wirepayment' } = payment;
  const made = await createOrder(context, { cart, state, module: by, by: 'shopper' }, actCause('payment'));
  return { kind: 'confirmation', order: made.id };
};
