import { type Instant, plus } from '#event-sourcing';
import type { Snapshot } from '#orders';
import type { FactCommand } from '#stock';
import type { Row } from '../file/row.js';
import { type Channel, channelOf } from './channel.js';
import { isGoods, kindOf, stockDelta } from './kind.js';
import type { Invoice } from './invoices.js';
import type { Opening } from './opening.js';
import { reasonOf } from './reason.js';
import type { SoldLines } from './sold-lines.js';
import type { Survey } from './survey.js';

/** The one connection that says all this, and the one place where the stock lies. */
export const retailer = 'retailer';
export const warehouse = 'warehouse';

export type PlacedOrder = { readonly channel: Channel; readonly orderKey: string; readonly snapshot: Snapshot };
/** A fact without the digest of its content, which is the business of whoever reports it. */
export type Unhashed<Command> = Command extends unknown ? Omit<Command, 'hash'> : never;
export type ReportedFact = { readonly sku: string; readonly command: Unhashed<FactCommand> };

/** What one invoice tells the ledger. `still` lines move nothing: services, bad debt, quantity 0. */
export type Document = {
  readonly invoice: string;
  readonly order?: PlacedOrder;
  readonly facts: readonly ReportedFact[];
  readonly lines: number;
  readonly still: number;
};

export type Reading = {
  readonly survey: Survey;
  readonly soldLines: SoldLines;
  readonly instantOf: (minute: string) => Instant;
};

/** A line with its place in the invoice (from 1), which is the id of what becomes of it. */
type Line = { readonly row: Row; readonly ordinal: number; readonly delta: number; readonly isOrdered: boolean };

export const documentOf = (invoice: Invoice, reading: Reading): Document => {
  const lines = movingLines(invoice, reading.survey);
  const ordered = lines.filter(({ isOrdered }) => isOrdered);
  const order = ordered.length === 0 ? undefined : orderOf(invoice, ordered, reading);
  const facts = lines.filter(({ isOrdered }) => !isOrdered).map((line) => factOf(invoice.key, line, reading));
  return {
    invoice: invoice.key,
    ...(order && { order }),
    facts,
    lines: invoice.rows.length,
    still: invoice.rows.length - lines.length,
  };
};

const movingLines = ({ rows }: Invoice, survey: Survey): Line[] =>
  rows.flatMap((row, index) => {
    const kind = kindOf(row, survey);
    const delta = isGoods(row.sku) ? stockDelta(kind, row.quantity) : 0;
    const isOrdered = delta < 0 && (kind === 'sale' || kind === 'free_issue');
    return delta === 0 ? [] : [{ row, ordinal: index + 1, delta, isOrdered }];
  });

/** Paid and shipped as ordered: the invoice is written when the goods leave. */
const orderOf = (invoice: Invoice, lines: readonly Line[], { soldLines, instantOf }: Reading): PlacedOrder => {
  const channel = channelOf(invoice);
  const minutes = lines.map(({ row }) => row.minute);
  for (const { row, ordinal } of lines)
    soldLines.sold(row.customer, row.sku, { channel, orderKey: invoice.key, line: String(ordinal) }, row.quantity);
  return {
    channel,
    orderKey: invoice.key,
    snapshot: {
      version: 1,
      placedAt: instantOf(minutes.reduce((a, b) => (b < a ? b : a))),
      changedAt: instantOf(minutes.reduce((a, b) => (b > a ? b : a))),
      payment: 'paid',
      lines: lines.map(({ row, ordinal }) => ({
        line: String(ordinal),
        product: { sku: row.sku, unitsPerSale: 1 },
        ordered: row.quantity,
        cancelled: 0,
        shipped: row.quantity,
        location: warehouse,
      })),
    },
  };
};

const factOf = (invoice: string, { row, ordinal, delta }: Line, reading: Reading): ReportedFact => {
  const reporting = {
    connection: retailer,
    location: warehouse,
    sourceKey: `${invoice}:${ordinal}`,
    sourceVersion: 1,
    occurredAt: reading.instantOf(row.minute),
  } as const;
  const quantity = Math.abs(delta);
  if (row.free && !invoice.startsWith('C'))
    return {
      sku: row.sku,
      command: {
        ...reporting,
        kind: 'adjustment',
        quantity: delta,
        bucket: 'sellable',
        reason: reasonOf(row.description),
      },
    };
  // A cancellation of a negative quantity takes goods out again, for no order: the customer keeps them after all.
  if (delta < 0) return { sku: row.sku, command: { ...reporting, kind: 'issue', quantity } };
  const order = invoice.startsWith('C') ? reading.soldLines.takeBack(row.customer, row.sku, quantity) : undefined;
  return {
    sku: row.sku,
    command: { ...reporting, kind: 'return', quantity, disposition: 'sellable', ...(order && { order }) },
  };
};

const minuteMillis = 60_000;

/** What must have been there before the file begins. */
export const openingReceipt = (opening: Opening, instantOf: (minute: string) => Instant): ReportedFact => ({
  sku: opening.sku,
  command: {
    kind: 'receipt',
    connection: retailer,
    location: warehouse,
    sourceKey: `opening:${opening.sku}`,
    sourceVersion: 1,
    occurredAt: plus(instantOf(opening.firstMinute), -minuteMillis),
    quantity: opening.quantity,
    bucket: 'sellable',
  },
});
