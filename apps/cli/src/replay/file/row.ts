import { MalformedLineError } from './malformed-line.js';

/** Of every file of this format, in this order. */
export const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;

/**
 * One line of the file. `line` is where it begins (1 is the header), `quantity` are units invoiced (see the sign trap in
 * the README of test/data/online-retail), `minute` is UK wall-clock time, `customer` is empty for an unregistered sale and
 * is never stored.
 */
export type Row = {
  readonly line: number;
  readonly invoice: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  readonly minute: string;
  readonly free: boolean;
  readonly customer: string;
};

const minutePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d$/;
const pricePattern = /^-?\d+(\.\d+)?$/;
const integerPattern = /^-?\d+$/;

/** The row that these fields are. @throws MalformedLineError that names the line, the column and what stands there. */
export const rowOf = (fields: readonly string[], line: number): Row => {
  if (fields.length !== columns.length)
    throw new MalformedLineError(line, `${fields.length} columns, expected ${columns.length}`);
  const [invoice, sku, description, quantity, minute, price, customer] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (invoice === '') throw malformed(line, 'InvoiceNo', invoice, 'is empty');
  if (sku === '') throw malformed(line, 'StockCode', sku, 'is empty');
  if (!minutePattern.test(minute)) throw malformed(line, 'InvoiceDate', minute, 'is no YYYY-MM-DD HH:MM');
  if (!pricePattern.test(price)) throw malformed(line, 'UnitPrice', price, 'is no decimal number');
  return {
    line,
    invoice,
    sku,
    description,
    quantity: integerOf(quantity, line),
    minute,
    free: Number(price) === 0,
    customer,
  };
};

const integerOf = (text: string, line: number): number => {
  const value = Number(text);
  if (!integerPattern.test(text) || !Number.isSafeInteger(value))
    throw malformed(line, 'Quantity', text, 'is no safe integer');
  return value;
};

const malformed = (line: number, column: string, text: string, why: string): MalformedLineError =>
  new MalformedLineError(line, `${column} ${why}: ${JSON.stringify(text.slice(0, 60))}`);

/** @throws MalformedLineError when the first line is another header. */
export const checkHeader = (fields: readonly string[]): void => {
  const same = fields.length === columns.length && columns.every((name, index) => fields[index] === name);
  if (!same) throw new MalformedLineError(1, `the header must be ${columns.join(',')}`);
};
