import { describe, expect, it } from 'vitest';
import { lineOf, orderOf } from '../../testing/recorded/index.js';
import { effectsOf } from './effects-of.js';
import { metMax } from './refunds.js';
import { type LineStock, type OrderLine, type OrderRefund, type OrderView } from './views.js';

const row = '12-0' as const;

const line = (says: Partial<OrderLine> = {}): OrderLine => ({ ...lineOf(1, 3), ...says });
const order = (status: string, says: Partial<OrderLine> = {}, refunds: readonly OrderRefund[] = []): OrderView =>
  orderOf(status, [line(says)], refunds);

const held = order('processing', { reduced: 3 });
const given = orderOf('processing', []);
const parent: LineStock = { row: '20-0', mayBeOwed: false };

const effects = (before: OrderView | undefined, after: OrderView | undefined) => [...effectsOf(before, after)];

describe('an order that is new', () => {
  it('has taken what its lines say, once or twice', () => {
    expect(effects(undefined, held)).toEqual([[row, [-6, -3]]]);
  });

  it('has taken what is left after its refunds', () => {
    const refunded = order('processing', { reduced: 2, restocked: 1 }, [
      { id: 1, lines: [{ lineId: 1, quantity: 1 }] },
    ]);
    expect(effects(undefined, refunded)).toEqual([[row, [-5, -2]]]);
  });

  it('has taken nothing when its lines say nothing, whatever its status', () => {
    expect(effects(undefined, order('processing'))).toEqual([]);
    expect(effects(undefined, order('pending'))).toEqual([]);
  });

  it('and was cancelled already may have given back twice what it had taken, where anybody was to pay for it', () => {
    const over = order('cancelled');
    expect(effects(undefined, { ...over, paymentMethod: 'card' })).toEqual([[row, [0, 3]]]);
    expect(effects(undefined, { ...over, paymentMethod: '', paidAt: over.createdAt })).toEqual([[row, [0, 3]]]);
    expect(effects(undefined, { ...over, paymentMethod: '' })).toEqual([]);
  });

  it('whose line takes more than its quantity, as a plugin may have it, takes that', () => {
    expect(effects(undefined, order('processing', { quantity: 1, reduced: 6 }))).toEqual([[row, [-12, -6]]]);
  });

  it('of a negative quantity has given units', () => {
    expect(effects(undefined, order('processing', { quantity: -1, reduced: -1 }))).toEqual([[row, [1, 2]]]);
  });

  it('is what comes under the id of another', () => {
    const other = { ...order('processing', { reduced: 3 }), orderKey: 'wc_order_2' };
    expect(effects(held, other)).toEqual(effects(undefined, other));
  });
});

describe('an order that is not there any more', () => {
  it.each(['processing', 'pending', 'trash'])('gives nothing back, in %s', (status) => {
    expect(effects(order(status, { reduced: 3 }), undefined)).toEqual([]);
  });
});

describe('a status that neither takes nor gives back', () => {
  it.each(['failed', 'refunded', 'trash', 'packed'])('%s moves nothing', (status) => {
    expect(effects(held, order(status, { reduced: 3 }))).toEqual([]);
  });
});

describe('a line of an order that holds its units', () => {
  it.each([
    ['with more units takes the difference', { quantity: 5, reduced: 5 }, -2],
    ['with fewer units gives the difference', { quantity: 1, reduced: 1 }, 2],
    ['that is refunded in full has nothing left', { reduced: 0, restocked: 3 }, 3],
    ['that is refunded beyond what was bought gives all of that', { reduced: -2, restocked: 5 }, 5],
  ])('%s', (_, says, moved) => {
    expect(effects(held, order('processing', says))).toEqual([[row, [moved]]]);
  });

  it('that is added takes its units, once', () => {
    const added = orderOf('processing', [line({ reduced: 3 }), { ...lineOf(2, 2), reduced: 2 }]);
    expect(effects(held, added)).toEqual([[row, [-2]]]);
  });

  it('that is added to one that holds nothing may take them twice', () => {
    const added = orderOf('processing', [line(), { ...lineOf(2, 2), reduced: 2 }]);
    expect(effects(order('processing'), added)).toEqual([[row, [-4, -2]]]);
  });
});

describe('a line that was removed', () => {
  const removedIn = (before: string, after: string) =>
    effects(order(before, { reduced: 3 }), { ...given, status: after }).map(([, set]) => set);

  it.each([
    ['while its order takes gives all back', 'processing', 'completed', [[3]]],
    ['before its order was cancelled, or after', 'processing', 'cancelled', [[3, 6]]],
    ['before its order failed, or after', 'processing', 'failed', [[3]]],
    ['before its order was paid, or after', 'failed', 'processing', [[3]]],
    ['of an order that failed, which is then cancelled', 'failed', 'cancelled', [[3, 6]]],
    ['of an order that failed gives all back', 'failed', 'failed', [[3]]],
    ['of an order whose money went back gives all back', 'refunded', 'refunded', [[3]]],
  ])('%s', (_, before, after, sets) => {
    expect(removedIn(before, after)).toEqual(sets);
  });

  it('and had taken nothing gives nothing', () => {
    expect(effects(order('processing'), given)).toEqual([]);
  });
});

describe('a line that stands in another row now', () => {
  const moved = (says: Partial<OrderLine>): OrderView =>
    order('processing', { productId: 16, stock: { row: '16-0', mayBeOwed: false }, ...says });

  it('has taken along what it says, and moved nothing', () => {
    expect(effects(held, moved({ reduced: 3 }))).toEqual([]);
  });

  it('gives back to the other row what it took from the first', () => {
    const cancelled = { ...moved({}), status: 'cancelled' };
    expect(effects(moved({ reduced: 3 }), cancelled)).toEqual([['16-0', [3, 6]]]);
  });

  it('and says something else may have moved one or the other', () => {
    const both = effects(held, moved({ quantity: 5, reduced: 5 }));
    expect(both).toEqual([
      [row, [-2, 0]],
      ['16-0', [-2, 0]],
    ]);
  });

  it('because its parent manages it, too', () => {
    const own: LineStock = { row: '20-21', mayBeOwed: false };
    expect(
      effects(order('processing', { reduced: 3, stock: own }), order('processing', { reduced: 3, stock: parent })),
    ).toEqual([]);
  });

  it('as nobody manages it any more, has left the first row or not', () => {
    const unmanaged = order('cancelled', { stock: { none: 'unmanaged' } });
    expect(effects(held, unmanaged)).toEqual([[row, [0, 3, 6]]]);
    expect(effects(held, order('cancelled', { reduced: 3, stock: { none: 'unmanaged' } }))).toEqual([]);
  });
});

describe('two lines of one row', () => {
  it('move it together', () => {
    const lines = [1, 2].map((id) => ({ ...lineOf(id, id), stock: parent }));
    const before = orderOf('pending', lines);
    const after = orderOf(
      'processing',
      lines.map((one) => ({ ...one, reduced: one.quantity })),
    );
    expect(effects(before, after)).toEqual([['20-0', [-6, -5, -4, -3]]]);
  });
});

describe('refunds between two readings', () => {
  const refunded = (shown: number, ...units: readonly number[]): OrderView =>
    order(
      'processing',
      { reduced: 3 - shown, restocked: shown },
      units.map((quantity, id) => ({ id, lines: [{ lineId: 1, quantity }] })),
    );

  it.each([
    ['of which the line shows all', refunded(3, 1, 2), [3]],
    ['of which the line shows one: the other was not put back, or is lost', refunded(1, 1, 1), [1, 2]],
    ['of which the line shows the smaller', refunded(1, 1, 2), [1, 3]],
    ['of which the line shows the larger', refunded(2, 1, 2), [2, 3]],
    ['one alone', refunded(2, 2), [2]],
  ])('%s', (_, after, set) => {
    expect(effects(held, after)).toEqual([[row, set]]);
  });

  it('of which the line shows none put nothing back', () => {
    expect(effects(held, { ...refunded(0, 1, 1), lines: held.lines })).toEqual([]);
  });

  it('so many that nobody can tell', () => {
    const many = Array.from({ length: metMax + 1 }, () => 1);
    expect(effects(held, refunded(1, ...many))).toEqual([[row, 'unknown']]);
  });
});
