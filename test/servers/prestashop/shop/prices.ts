import { configuredNumber } from './configuration.js';
import type { Context } from './context.js';
import type { CartLine } from './rows.js';

/** As the database gives a decimal. */
export const decimal = (value: number): string => value.toFixed(6);

/** What the lines of a cart cost. Prices stand for themselves: no tax, no discount. */
export const totalOf = (context: Context, lines: readonly CartLine[]): string =>
  decimal(
    lines.reduce(
      (sum, line) => sum + line.quantity * Number(context.tables.products.get(line.id_product)?.price ?? 0),
      0,
    ),
  );

/** Of an order, whatever is in it: the shop's handling charge, which is nothing until it is configured. */
export const shippingOf = (context: Context): number => configuredNumber(context, 'PS_SHIPPING_HANDLING');

/** What a cart costs: a payment of another sum is an error. */
export const payableOf = (context: Context, lines: readonly CartLine[]): string =>
  decimal(Number(totalOf(context, lines)) + shippingOf(context));
