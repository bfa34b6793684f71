import type { Survey } from './survey.js';

/** An order line as a return names it. */
export type SoldLine = { readonly channel: string; readonly orderKey: string; readonly line: string };

export type SoldLines = {
  /** Remembers what a customer bought, where a later cancellation may ask for it. */
  readonly sold: (customer: string, sku: string, line: SoldLine, units: number) => void;
  /** The newest line of the customer and product with so many units not yet returned; they count as returned now. */
  readonly takeBack: (customer: string, sku: string, units: number) => SoldLine | undefined;
};

type Remembered = { readonly line: SoldLine; left: number };

/** In memory only: customers' numbers never leave it. */
export const rememberSoldLines = (survey: Survey): SoldLines => {
  const lines = new Map<string, Remembered[]>();
  return {
    sold: (customer, sku, line, units) => {
      if (!survey.isCancelled(customer, sku)) return;
      const key = customerLine(customer, sku);
      const known = lines.get(key);
      if (known === undefined) lines.set(key, [{ line, left: units }]);
      else known.push({ line, left: units });
    },
    takeBack: (customer, sku, units) => {
      const match = lines.get(customerLine(customer, sku))?.findLast(({ left }) => left >= units);
      if (match === undefined) return undefined;
      match.left -= units;
      return match.line;
    },
  };
};

/** One text for the two: a newline is in no customer's number. */
const customerLine = (customer: string, sku: string): string => `${customer}\n${sku}`;
