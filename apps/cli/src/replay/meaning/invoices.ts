import type { Row } from '../file/row.js';
import type { Survey } from './survey.js';

/** All lines of one invoice, in the order of the file. */
export type Invoice = { readonly key: string; readonly rows: readonly Row[] };

export type InvoiceGrouping = {
  /** The invoices that this line completes, in the order of their first lines. */
  readonly add: (row: Row) => readonly Invoice[];
  /** How many lines wait for others. */
  readonly waiting: () => number;
};

type Open = { readonly key: string; readonly rows: Row[]; readonly lastLine: number };

/**
 * Whole invoices in the order of their first lines, though their lines may lie apart. An invoice waits until its own last
 * line and those of all invoices that began before it have come: what is held is what lies between.
 */
export const groupInvoices = (survey: Survey): InvoiceGrouping => {
  const open = new Map<string, Open>();
  let held = 0;
  return {
    add: (row) => {
      addTo(open, row, survey);
      held += 1;
      const released = takeWhole(open, row.line);
      for (const invoice of released) held -= invoice.rows.length;
      return released;
    },
    waiting: () => held,
  };
};

const addTo = (open: Map<string, Open>, row: Row, survey: Survey): void => {
  const invoice = open.get(row.invoice);
  if (invoice !== undefined) invoice.rows.push(row);
  else open.set(row.invoice, { key: row.invoice, rows: [row], lastLine: survey.extentOf(row.invoice).lastLine });
};

const nothing: readonly Invoice[] = [];

/** A map keeps its order of insertion, which is that of the first lines. */
const takeWhole = (open: Map<string, Open>, line: number): readonly Invoice[] => {
  let whole: Invoice[] | undefined;
  for (const invoice of open.values()) {
    if (invoice.lastLine > line) break;
    open.delete(invoice.key);
    (whole ??= []).push(invoice);
  }
  return whole ?? nothing;
};
