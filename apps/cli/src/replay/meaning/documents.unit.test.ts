import { describe, expect, it } from 'vitest';
import type { Row } from '../file/row.js';
import { type Document, documentOf, openingReceipt } from './documents.js';
import { groupInvoices } from './invoices.js';
import { londonInstant } from './london.js';
import { rememberSoldLines } from './sold-lines.js';
import { file, surveyOf } from './rows.fixture.js';

const documentsOf = (...changes: Partial<Row>[]): Document[] => {
  const rows = file(...changes);
  const survey = surveyOf(rows);
  const grouping = groupInvoices(survey);
  const reading = { survey, soldLines: rememberSoldLines(survey), instantOf: londonInstant };
  return rows.flatMap((row) => grouping.add(row).map((invoice) => documentOf(invoice, reading)));
};

const bought = { invoice: '1', customer: '7' };
const returned = { invoice: 'C9', customer: '7' };

const returnsOf = (...changes: Partial<Row>[]): unknown[] =>
  documentsOf(...changes).flatMap(({ facts }) =>
    facts.map(({ command }) => ('order' in command ? command.order : command.kind)),
  );

describe('what an invoice tells the ledger', () => {
  it('is an order of its goods, shipped as ordered', () => {
    const [document] = documentsOf(
      { sku: 'POST' },
      { sku: '10001', quantity: 3, customer: '7' },
      { sku: '10001', quantity: 2, free: true, minute: '2010-12-01 08:27' },
    );
    const shipped = (line: string, quantity: number) => ({
      line,
      product: { sku: '10001', unitsPerSale: 1 },
      ordered: quantity,
      cancelled: 0,
      shipped: quantity,
      location: 'warehouse',
    });
    expect(document).toEqual({
      invoice: '1',
      order: {
        channel: 'account',
        orderKey: '1',
        snapshot: {
          version: 1,
          placedAt: '2010-12-01T08:26:00.000Z',
          changedAt: '2010-12-01T08:27:00.000Z',
          payment: 'paid',
          lines: [shipped('2', 3), shipped('3', 2)],
        },
      },
      facts: [],
      lines: 3,
      still: 1,
    });
  });

  it('names the channel by the DOT line, then the customer', () => {
    const channelOf = (...changes: Partial<Row>[]) => documentsOf(...changes)[0]?.order?.channel;
    expect(channelOf({ customer: '7' }, { sku: 'DOT', customer: '7' })).toBe('dotcom');
    expect(channelOf({ customer: '7' })).toBe('account');
    expect(channelOf({})).toBe('unregistered');
  });

  it('is nothing when it holds services, bad debt or no quantity only', () => {
    const documents = documentsOf(
      { sku: 'POST' },
      { invoice: 'A1' },
      { invoice: '2', quantity: 0 },
      { invoice: 'C1', sku: 'M' },
    );
    expect(documents.map(({ order, facts, lines, still }) => [order, facts, lines, still])).toEqual(
      Array.from({ length: 4 }, () => [undefined, [], 1, 1]),
    );
  });

  it('is an adjustment with its sign and reason', () => {
    const [out, found] = documentsOf(
      { invoice: '1', free: true, quantity: -4, description: ' damages\u0000  wet ' },
      { invoice: '2', free: true, quantity: 6, description: '', minute: '2011-07-01 10:00' },
    );
    expect(out?.facts[0]?.command).toMatchObject({
      kind: 'adjustment',
      quantity: -4,
      reason: 'damages wet',
      sourceKey: '1:1',
    });
    expect(found?.facts[0]).toEqual({
      sku: '10001',
      command: {
        kind: 'adjustment',
        connection: 'retailer',
        location: 'warehouse',
        sourceKey: '2:1',
        sourceVersion: 1,
        occurredAt: '2011-07-01T09:00:00.000Z',
        quantity: 6,
        bucket: 'sellable',
        reason: 'unspecified',
      },
    });
  });

  it('takes a refund on a sale, and the end of a cancellation, as what they do to stock', () => {
    expect(documentsOf({ quantity: -2 })[0]?.facts[0]?.command).toMatchObject({ kind: 'return', quantity: 2 });
    expect(documentsOf({ invoice: 'C1', quantity: 2 })[0]?.facts[0]?.command).toMatchObject({
      kind: 'issue',
      quantity: 2,
    });
  });
});

describe('a cancellation', () => {
  it('returns the newest order line with enough units left', () => {
    const lines = returnsOf(
      { ...bought, quantity: 5 },
      { ...bought, invoice: '2', quantity: 5 },
      { ...bought, invoice: '3', quantity: 1 },
      { ...returned, quantity: -3 },
      { ...returned, quantity: -3 },
      { ...returned, quantity: -3 },
      { ...returned, quantity: -2 },
    );
    const line = (orderKey: string) => ({ channel: 'account', orderKey, line: '1' });
    expect(lines).toEqual([line('2'), line('1'), 'return', line('2')]);
  });

  it.each<[string, Partial<Row>]>([
    ['another customer', { ...returned, customer: '8', quantity: -1 }],
    ['no customer', { ...returned, customer: '', quantity: -1 }],
    ['another product', { ...returned, sku: '10001a', quantity: -1 }],
  ])('by %s is a return without an order', (_, cancellation) => {
    expect(returnsOf(bought, { invoice: '2' }, cancellation)).toEqual(['return']);
  });

  it('finds no order that comes after it', () => {
    expect(returnsOf({ ...returned, quantity: -1 }, bought)).toEqual(['return']);
  });
});

it('names no customer in anything it tells', () => {
  const told = JSON.stringify(
    documentsOf({ ...bought, customer: 'Jane17850' }, { ...returned, customer: 'Jane17850', quantity: -1 }),
  );
  expect(told).not.toContain('17850');
});

it('receives opening stock a minute before the first line', () => {
  const receipt = openingReceipt({ sku: '10001', quantity: 12, firstMinute: '2010-12-01 08:26' }, londonInstant);
  expect(receipt).toMatchObject({
    sku: '10001',
    command: { kind: 'receipt', quantity: 12, sourceKey: 'opening:10001', occurredAt: '2010-12-01T08:25:00.000Z' },
  });
});
