import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { readRows } from '../file/read-rows.js';
import { documentOf } from './documents.js';
import { groupInvoices } from './invoices.js';
import { isGoods, kindOf } from './kind.js';
import { rememberingLondon } from './london.js';
import { startOpenings } from './opening.js';
import { rememberSoldLines } from './sold-lines.js';
import { startSurvey } from './survey.js';

const data = new URL('../../../../../test/data/online-retail/', import.meta.url);
const year = new URL('online_retail.csv.gz', data).pathname;

const readOracle = async (): Promise<Map<string, string>> => {
  const needed = new Map<string, string>();
  const rows = createReadStream(new URL('sku.csv', data)).pipe(parse({ columns: true }));
  for await (const row of rows as AsyncIterable<Record<string, string>>)
    if (row['is_stock'] === '1' && row['opening_needed'] !== '0')
      needed.set(row['stock_code'] ?? '', row['opening_needed'] ?? '');
  return needed;
};

describe('the committed year', () => {
  it('is read as its oracle says, to the line and to the unit', async () => {
    const survey = startSurvey();
    expect(await readRows(year, survey.see)).toBe(541_909);

    const openings = startOpenings(survey);
    const grouping = groupInvoices(survey);
    const reading = { survey, soldLines: rememberSoldLines(survey), instantOf: rememberingLondon() };
    const kinds = new Map<string, number>();
    const told = { orders: 0, orderLines: 0, returns: 0, matched: 0, adjustments: 0, still: 0 };
    let waitingMax = 0;
    await readRows(year, (row) => {
      openings.see(row);
      const kind = isGoods(row.sku) ? kindOf(row, survey) : 'service';
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      for (const document of grouping.add(row).map((invoice) => documentOf(invoice, reading))) {
        if (document.order) told.orders += 1;
        told.orderLines += document.order?.snapshot.lines.length ?? 0;
        told.still += document.still;
        for (const { command } of document.facts) {
          if (command.kind === 'return') told.returns += 1;
          if (command.kind === 'return' && command.order) told.matched += 1;
          if (command.kind === 'adjustment') told.adjustments += 1;
        }
      }
      waitingMax = Math.max(waitingMax, grouping.waiting());
    });

    expect(Object.fromEntries(kinds)).toEqual({
      sale: 527_758,
      free_issue: 413,
      cancellation: 8_704,
      adjustment_out: 1_336,
      adjustment_in: 748,
      service: 2_950,
    });
    // Orders and matched returns were counted by another program, with other means.
    expect(told).toEqual({
      orders: 19_790,
      orderLines: 528_171,
      returns: 8_704,
      matched: 7_387,
      adjustments: 2_084,
      still: 2_950,
    });
    expect(waitingMax).toBeLessThan(5_000);
    const needed = new Map(openings.openings().map(({ sku, quantity }) => [sku, String(quantity)]));
    expect(needed).toEqual(await readOracle());
  });
});
