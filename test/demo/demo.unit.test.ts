import { describe, expect, it } from 'vitest';
import type { Row } from '../../apps/cli/src/replay/file/row.js';
import { buyAt, createMarketplace } from '../servers/marketplace/index.js';
import { basketsOf } from './day/baskets.js';
import { stockFor } from './day/stock.js';
import { optionsOf } from './options.js';
import { createScreen } from './show/screen.js';
import type { Snapshot } from './show/table.js';
import { exposureOf } from './world/exposure.js';

const row = (invoice: string, sku: string, quantity: number, more: Partial<Row> = {}): Row => ({
  ...{ line: 1, invoice, sku, description: '', quantity, minute: '2010-12-01 08:26', free: false, customer: '' },
  ...more,
});

describe('a day', () => {
  it('is baskets of a few things each, in the order in which they were bought', () => {
    const skus = ['10001', '10002', '10003', '10004', '10005'];
    const rows = [
      row('500002', '10001', 1, { minute: '2010-12-01 09:00' }),
      ...skus.map((sku) => row('500001', sku, 2)),
      row('500001', '10001', 3),
    ];
    const baskets = basketsOf(rows);
    expect(baskets.map(({ lines }) => lines.map(({ sku, units }) => `${sku} ${units}`))).toEqual([
      ['10001 5', '10002 2', '10003 2', '10004 2'],
      ['10005 2'],
      ['10001 1'],
    ]);
    expect(stockFor(baskets)).toEqual(new Map(skus.map((sku) => [sku, sku === '10001' ? 3 : 1])));
  });

  it('has no cancellations, gifts and services in it', () => {
    const rows = [row('C500001', '10001', -1), row('500001', 'POST', 1), row('500001', '10001', 1, { free: true })];
    expect(basketsOf(rows)).toEqual([]);
  });
});

describe('the exposure of a marketplace', () => {
  it('lasts from a sale until its page knows of it', () => {
    let now = 0;
    const market = createMarketplace({ now: () => now, applyMillis: 500 });
    const offer = market.offers.create({ reference: 'mug', amount: 1 });
    const buy = () => buyAt(market, [{ offer, units: 1 }]);
    buy();
    now = 1_000;
    buy();
    now = 2_000;
    market.offers.setStock(offer, 0);
    now = 3_000;
    const figures = { sales: 2, unpromised: 1, p50: 2_500, max: 2_500, unanswered: 0 };
    expect(exposureOf({ market })).toMatchObject(figures);
    market.offers.typeIn(offer, 1);
    buy();
    expect(exposureOf({ market })).toMatchObject({ sales: 3, unanswered: 1 });
  });
});

describe('the command line', () => {
  it('says what is meant', () => {
    expect(optionsOf(['--without-module', '--seconds', '5', '--day', '2011-11-23'])).toMatchObject({
      ...{ withModule: false, seconds: 5, day: '2011-11-23', seed: 1 },
    });
    expect(optionsOf([])).toMatchObject({ withModule: true, seconds: 60, day: '2010-12-01' });
  });

  it.each([
    ['--seconds', '0'],
    ['--seconds', 'soon'],
    ['--day', 'today'],
    ['--seed', 'x'],
    ['--baskets', '0'],
    ['--fast'],
  ])('refuses %s %s with a sentence', (...args) =>
    expect(optionsOf(args)).toHaveProperty('misunderstood', expect.stringMatching(/.+/u)),
  );
});

describe('the table', () => {
  const snapshot: Snapshot = {
    ...{ seconds: 3, had: 20, left: 11, oversoldProtected: 0, oversoldExposed: 1, pagesBehind: 2 },
    channels: [
      {
        ...{ channel: 'market', asksFirst: false, shown: 4, orders: 2, sold: 9, writes: 3 },
        played: { visits: 5, bought: 2, missed: 1, turnedBack: 0 },
      },
    ],
  };
  const drawn = (isTTY: boolean): string => {
    let text = '';
    const screen = createScreen({ isTTY, write: (piece: string) => ((text += piece), true) });
    screen.show(snapshot);
    screen.show(snapshot);
    return text;
  };

  it('is drawn again in its place on a terminal', () => {
    expect(drawn(true)).toContain('\u001B[6A\u001B[J');
    expect(drawn(true)).toContain('sold twice: 0 where shops ask first, 1 elsewhere');
  });

  it('is a line each time without one', () => {
    const line = '   3 s; market shows 4, sold 9; left 11; sold twice 0 + 1; behind 2\n';
    expect(drawn(false)).toBe(line + line);
  });
});
