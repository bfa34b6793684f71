import { type Instant, plus } from '#event-sourcing';
import type { Snapshot, SnapshotLine } from '#orders';
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

const movingLines = ({ rows }: Invoice, survey: Survey): Line[] => {
  const lines: Line[] = [];
  let ordinal = 0;
  for (const row of rows) {
    ordinal += 1;
    if (!isGoods(row.sku)) continue;
    const kind = kindOf(row, survey);
    const delta = stockDelta(kind, row.quantity);
    const isOrdered = delta < 0 && (kind === 'sale' || kind === 'free_issue');
    if (delta !== 0) lines.push({ row, ordinal, delta, isOrdered });
  }
  return lines;
};

/** Paid and shipped as ordered: the invoice is written when the goods leave. */
const orderOf = (invoice: Invoice, ordered: readonly Line[], { soldLines, instantOf }: Reading): PlacedOrder => {
  const channel = channelOf(invoice);
  const orderKey = invoice.key;
  const lines: SnapshotLine[] = [];
  let first = (ordered[0] as Line).row.minute;
  let last = first;
  for (const { row, ordinal } of ordered) {
    const { sku, quantity, minute } = row;
    const line = String(ordinal);
    if (minute < first) first = minute;
    if (minute > last) last = minute;
    soldLines.sold(row.customer, sku, { channel, orderKey, line }, quantity);
    lines.push(orderLine(line, sku, quantity));
  }
  return {
    channel,
    orderKey,
    snapshot: { version: 1, placedAt: instantOf(first), changedAt: instantOf(last), payment: 'paid', lines },
  };
};

const orderLine = (line: string, sku: string, units: number): SnapshotLine => ({
  line,
  product: { sku, unitsPerSale: 1 },
  ordered: units,
  cancelled: 0,
  shipped: units,
  location: warehouse,
});

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
