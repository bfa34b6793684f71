import { describe, expect, it } from 'vitest';
import type { Row } from '../file/row.js';
import { isGoods, kindOf, stockDelta } from './kind.js';
import { row, surveyOf } from './rows.fixture.js';

const free = { invoice: '9', free: true, quantity: 5, description: 'found' };

const kindAmong = (line: Partial<Row>, others: Partial<Row>[] = []): string => {
  const asked = row(line);
  return kindOf(asked, surveyOf([...others.map(row), asked]));
};

describe('what a line is', () => {
  it.each<[string, Partial<Row>, Partial<Row>[], string]>([
    ['an A invoice', { invoice: 'A1', free: true, quantity: -1 }, [], 'bad_debt'],
    ['a C invoice', { invoice: 'C1', quantity: -1 }, [], 'cancellation'],
    ['a C invoice at price 0', { invoice: 'C1', free: true, quantity: -1 }, [], 'cancellation'],
    ['a price', {}, [], 'sale'],
    ['a price and a negative quantity', { quantity: -1 }, [], 'sale'],
    ['no price and a negative quantity', { free: true, quantity: -1 }, [], 'adjustment_out'],
    ['no price, alone, under no product name', free, [], 'adjustment_in'],
    ['no price, alone, under the name of another product', free, [{ sku: '2', description: 'found' }], 'adjustment_in'],
    [
      'no price, alone, under a name only seen without a price',
      free,
      [{ free: true, description: 'found' }],
      'adjustment_in',
    ],
    ['no price, alone, under its product name', free, [{ description: ' found ' }], 'free_issue'],
    ['no price and a customer', { ...free, customer: '7' }, [], 'free_issue'],
    ['no price, one of two lines', free, [{ invoice: '9', sku: '2' }], 'free_issue'],
    ['no price and no quantity', { ...free, quantity: 0 }, [], 'free_issue'],
  ])('%s', (_, line, others, kind) => {
    expect(kindAmong(line, others)).toBe(kind);
  });

  it('knows goods by their code', () => {
    expect(['85123A', '15056BL', '10002', 'DCGS0003', 'DCGSSBOY'].every(isGoods)).toBe(true);
    expect(['POST', 'DOT', 'M', 'C2', 'gift_0001_10', '1234', 'x10002', 'dcgs0003'].some(isGoods)).toBe(false);
  });

  it('minds the sign trap', () => {
    expect(stockDelta('sale', 3)).toBe(-3);
    expect(stockDelta('free_issue', 3)).toBe(-3);
    expect(stockDelta('cancellation', -3)).toBe(3);
    expect(stockDelta('adjustment_out', -3)).toBe(-3);
    expect(stockDelta('adjustment_in', 3)).toBe(3);
    expect(stockDelta('bad_debt', 3)).toBe(0);
  });
});
