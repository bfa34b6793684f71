import { describe, expect, it } from 'vitest';
import type { Row } from '../file/row.js';
import { startOpenings } from './opening.js';
import { file, surveyOf } from './rows.fixture.js';

const openingsOf = (rows: Row[]) => {
  const openings = startOpenings(surveyOf(rows));
  rows.forEach(openings.see);
  return openings;
};

describe('opening stock', () => {
  it('is the lowest running balance, not the last', () => {
    const rows = file(
      { quantity: 5 },
      { invoice: 'C2', quantity: -4 },
      { quantity: 2 },
      { invoice: 'C3', quantity: -9 },
    );
    expect(openingsOf(rows).openings()).toEqual([{ sku: '10001', quantity: 5, firstMinute: '2010-12-01 08:26' }]);
  });

  it('is nothing where stock came before it went', () => {
    expect(openingsOf(file({ invoice: 'C1', quantity: -4 }, { quantity: 4 })).openings()).toEqual([]);
  });

  it('is of goods alone, in the order of their first lines', () => {
    const rows = file(
      { sku: 'POST' },
      { sku: '20000', minute: '2011-01-01 09:00' },
      { sku: '10000' },
      { sku: '20000' },
    );
    expect(openingsOf(rows).openings()).toEqual([
      { sku: '20000', quantity: 2, firstMinute: '2011-01-01 09:00' },
      { sku: '10000', quantity: 1, firstMinute: '2010-12-01 08:26' },
    ]);
  });

  it('knows the busiest goods', () => {
    const rows = file({ sku: '10000' }, { sku: '20000' }, { sku: '20000' }, { sku: '30000' }, { sku: 'POST' });
    expect(openingsOf(rows).hottest(2)).toEqual(['20000', '10000']);
  });
});
