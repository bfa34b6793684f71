import type { Row } from '../file/row.js';

/** What a whole file must have been read for once before its lines can be told apart. Grows with invoices and products. */
export type Survey = {
  /** How many lines an invoice has, and the last of them. */
  readonly extentOf: (invoice: string) => Extent;
  /** Is the trimmed description one under which the product was sold for money? */
  readonly isProductName: (sku: string, description: string) => boolean;
  /** Does any cancellation name this customer and product? Only their order lines need to be remembered. */
  readonly isCancelled: (customer: string, sku: string) => boolean;
};

export type Extent = { readonly lines: number; readonly lastLine: number };

const none: Extent = { lines: 0, lastLine: 0 };

/** A surveyor that is shown every line, and the survey of what it has seen. */
export const startSurvey = (): Survey & { readonly see: (row: Row) => void } => {
  const extents = new Map<string, { lines: number; lastLine: number }>();
  const names = new Map<string, Set<string>>();
  const cancelled = new Map<string, Set<string>>();
  return {
    see: (row) => {
      extend(extents, row);
      if (!row.free) addTo(names, row.sku, row.description.trim());
      if (row.invoice.startsWith('C') && row.customer !== '') addTo(cancelled, row.customer, row.sku);
    },
    extentOf: (invoice) => extents.get(invoice) ?? none,
    isProductName: (sku, description) => names.get(sku)?.has(description.trim()) ?? false,
    isCancelled: (customer, sku) => cancelled.get(customer)?.has(sku) ?? false,
  };
};

const extend = (extents: Map<string, { lines: number; lastLine: number }>, row: Row): void => {
  const extent = extents.get(row.invoice);
  if (extent === undefined) {
    extents.set(row.invoice, { lines: 1, lastLine: row.line });
    return;
  }
  extent.lines += 1;
  extent.lastLine = row.line;
};

const addTo = (sets: Map<string, Set<string>>, key: string, value: string): void => {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
};
