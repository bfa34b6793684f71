import { describe, expect, test } from 'vitest';
import { aheadMillisMax as orderAhead, baseUnitsMax, orderLinesMax } from '#orders';
import { reservationTtlMillisMax, reservationTtlMillisMin } from '#policies';
import { aheadMillisMax as stockAhead, quantityMax, ttlMillisMax, ttlMillisMin } from '#stock';
import { callerWith, clock, freshStore, startProcess } from './ledger-process.js';

describe('bounds of one order fit those of the streams that it leads to', () => {
  test('a quantity or a moment that an order takes, its SKU takes too', () => {
    expect(baseUnitsMax).toBeLessThanOrEqual(quantityMax);
    expect(orderAhead).toBeLessThanOrEqual(stockAhead);
  });

  test('a channel’s time for its holds is one that a hold may have', () => {
    expect([reservationTtlMillisMin, reservationTtlMillisMax]).toEqual([ttlMillisMin, ttlMillisMax]);
  });

  test('the largest order, with the longest keys, is one append', async () => {
    const { desk } = startProcess(freshStore());
    const lines = Array.from({ length: orderLinesMax }, (_, index) => ({
      line: String(index).padStart(64, 'l'),
      product: { sku: `${'é'.repeat(61)}${String(index % 40).padStart(2, '0')}`, unitsPerSale: 1 },
      ordered: 1_000_000,
      cancelled: 1,
      shipped: 1,
      refunded: 1,
      restocked: 1,
      location: 'wh1',
    }));
    const snapshot = { version: 1, placedAt: clock.now(), changedAt: clock.now(), payment: 'paid' as const, lines };
    const order = { connection: 'shop', channel: 'web', orderKey: '77', snapshot };
    const answer = await desk.record(order, callerWith('o1', 'shop', '2027-01-01T00:00:00.000Z'));
    expect(answer.kind === 'recorded' ? answer.lines.length : answer).toBe(orderLinesMax);
  });
});
