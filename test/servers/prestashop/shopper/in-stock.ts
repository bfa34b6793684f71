import { configuredNumber } from '../shop/configuration.js';
import type { Context } from '../shop/context.js';
import { isPack, packTypeOf } from '../shop/packs.js';
import type { CartLine, CartRow } from '../shop/rows.js';
import { findRow, type Sellable } from '../shop/stock.js';

/** Whether more may be ordered than there is: as the very row says, or else the shop. */
const mayExceed = (context: Context, sellable: Sellable): boolean => {
  const asConfigured = 2;
  const own = findRow(context, sellable)?.out_of_stock ?? asConfigured;
  return (own === asConfigured ? configuredNumber(context, 'PS_ORDER_OUT_OF_STOCK') : own) === 1;
};

/** What the front shows of a line's stock: the row's quantity, or what a pack's components allow. */
export const availableOf = (context: Context, sellable: Sellable): number => {
  const own = findRow(context, sellable)?.quantity ?? 0;
  if (!isPack(context, sellable.id_product)) return own;
  const type = packTypeOf(context, sellable.id_product);
  if (type === 'pack') return own;
  const counts = context.tables.packItems.where(sellable.id_product).map((item) => {
    const component = { ...item, id_shop: sellable.id_shop };
    return Math.floor((findRow(context, component)?.quantity ?? 0) / item.quantity);
  });
  return Math.min(...counts, ...(type === 'both' ? [own] : []));
};

export const lineInStock = (context: Context, line: CartLine, shop: number): boolean => {
  const sellable = { ...line, id_shop: shop };
  return mayExceed(context, sellable) || availableOf(context, sellable) >= line.quantity;
};

/** The first line that is not there, in the order of the cart. */
export const missingLine = (context: Context, cart: CartRow): CartLine | undefined =>
  cart.lines.find((line) => !lineInStock(context, line, cart.id_shop));

export const shortageMessage = (context: Context, line: CartLine, shop: number): string => {
  const left = Math.max(0, availableOf(context, { ...line, id_shop: shop }));
  const name = context.tables.products.get(line.id_product)?.name ?? '';
  return `You can only buy ${left} "${name}". Please adjust the quantity in your cart to continue.`;
};
