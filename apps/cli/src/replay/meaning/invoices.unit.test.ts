import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../file/row.js';
import { groupInvoices } from './invoices.js';
import { file, surveyOf } from './rows.fixture.js';

const released = (rows: Row[]): string[][] => {
  const grouping = groupInvoices(surveyOf(rows));
  return rows.map((row) => grouping.add(row).map(({ key, rows: lines }) => `${key}:${lines.length}`));
};

const invoices = (keys: string): Row[] => file(...Array.from(keys, (invoice) => ({ invoice })));

describe('whole invoices', () => {
  it('come with their last line', () => {
    expect(released(invoices('aab'))).toEqual([[], ['a:2'], ['b:1']]);
  });

  it('wait for those that began before them', () => {
    expect(released(invoices('abcab'))).toEqual([[], [], [], ['a:2'], ['b:2', 'c:1']]);
  });

  it('come whole, once, in the order of their first lines, and nothing stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 }), (keys) => {
        const rows = invoices(keys.join(''));
        const grouping = groupInvoices(surveyOf(rows));
        const whole = rows.flatMap((row) => grouping.add(row));
        expect(whole.map(({ key }) => key)).toEqual([...new Set(keys)]);
        for (const { key, rows: lines } of whole) expect(lines).toEqual(rows.filter((row) => row.invoice === key));
        expect(grouping.waiting()).toBe(0);
      }),
    );
  });
});
