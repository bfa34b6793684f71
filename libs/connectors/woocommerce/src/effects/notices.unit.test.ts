import { describe, expect, it } from 'vitest';
import { lineOf, orderOf } from '../../testing/recorded/index.js';
import { stockNoticesOf } from './notices.js';
import { type OrderLine } from './views.js';

const codesOf = (status: string, says: Partial<OrderLine> = {}) =>
  stockNoticesOf(orderOf(status, [{ ...lineOf(1, 3), ...says }])).map(({ code }) => code);

describe('an order whose lines do not say what its status says', () => {
  it.each(['on-hold', 'processing', 'completed'])('takes and has taken nothing: %s', (status) => {
    expect(codesOf(status)).toEqual(['stock_not_taken']);
  });

  it.each(['cancelled', 'pending'])('gives back and still holds: %s', (status) => {
    expect(codesOf(status, { reduced: 3 })).toEqual(['stock_still_taken']);
  });

  it('names its lines', () => {
    const [notice] = stockNoticesOf(
      orderOf('processing', [lineOf(7, 1), { ...lineOf(8, 1), reduced: 1 }, lineOf(9, 1)]),
    );
    expect(notice?.detail).toContain('lines 7, 9');
  });
});

describe('nobody has to look at', () => {
  it.each<[string, string, Partial<OrderLine>]>([
    ['units that are taken', 'processing', { reduced: 3 }],
    ['units that were refunded', 'processing', { reduced: 0, restocked: 3 }],
    ['what nobody counts', 'processing', { stock: { none: 'unmanaged' } }],
    ['units that were given back', 'cancelled', {}],
    ['units that were refunded before the order was cancelled', 'cancelled', { reduced: 0, restocked: 3 }],
    ['what an order holds that failed: the shop leaves it so', 'failed', { reduced: 3 }],
    ['an order in the trash', 'trash', { reduced: 3 }],
  ])('%s', (_, status, says) => {
    expect(codesOf(status, says)).toEqual([]);
  });
});
