import type { Context } from './context.js';
import type { CartLine } from './rows.js';

/** As the database gives a decimal. */
export const decimal = (value: number): string => value.toFixed(6);

/** Prices stand for themselves: no tax, no shipping, no discount. */
export const totalOf = (context: Context, lines: readonly CartLine[]): string =>
  decimal(
    lines.reduce(
      (sum, line) => sum + line.quantity * Number(context.tables.products.get(line.id_product)?.price ?? 0),
      0,
    ),
  );
