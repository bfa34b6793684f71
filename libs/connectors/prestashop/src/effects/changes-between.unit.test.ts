import { describe, expect, it } from 'vitest';
import { plainShop } from '../../testing/plain-shop.js';
import { changesBetween } from './changes-between.js';
import { pathsMax } from './history.js';
import { type NumberSet } from '#channel-kit';
import { type HistoryRow, type OrderLine, type OrderView, type ShopView, type VersionFamily } from './views.js';

const line = (id: number, quantity: number, change: Partial<OrderLine> = {}): OrderLine => ({
  ...{ id, productId: 6, attributeId: 0, quantity, reinjected: 0 },
  ...change,
});

/** Rows as [state, second]; the last state is the order's, where nothing else is said. */
const order = (
  history: readonly (readonly [number, number])[],
  lines: readonly OrderLine[] = [line(1, 3)],
  change: Partial<OrderView> = {},
): OrderView => ({
  shopId: 1,
  stateId: history.at(-1)?.[0] ?? 0,
  history: history.map(([stateId, addedAtSeconds], at): HistoryRow => ({ id: at + 1, stateId, addedAtSeconds })),
  lines,
  slips: [],
  ...change,
});

const moved = (
  before: OrderView | undefined,
  after: OrderView | undefined,
  shop: ShopView = plainShop('8'),
  row: '6-0@s1g0' = '6-0@s1g0',
): NumberSet => changesBetween(before, after, shop).get(row) ?? [0];

describe('a new order', () => {
  it.each([
    [10, -3],
    [2, -3],
    [4, -3],
    [7, -3],
    [6, 0],
    [8, 0],
  ])('in state %i moves %i', (state, units) => {
    for (const family of ['1.7', '8', '9'] as const) {
      expect(moved(undefined, order([[state, 0]]), plainShop(family))).toEqual([units]);
    }
  });

  it('of the webservice whose total does not match lands in error and takes nothing', () => {
    expect(moved(undefined, order([[8, 0]]))).toEqual([0]);
  });

  it('that is cancelled before it is read first moves nothing', () => {
    expect(
      moved(
        undefined,
        order([
          [10, 0],
          [6, 90],
        ]),
      ),
    ).toEqual([0]);
  });

  it('that was refunded before it is read first has taken the rest', () => {
    expect(moved(undefined, order([[2, 0]], [line(1, 3, { reinjected: 1 })]))).toEqual([-2]);
    expect(moved(order([[2, 0]]), order([[2, 0]], [line(1, 3), line(2, 4, { reinjected: 1 })]))).toEqual([-3]);
  });

  it('that the shop is still making may have taken its lines or not', () => {
    const begun = order([]);
    expect(moved(undefined, begun)).toEqual([-3, 0]);
    expect(moved(begun, begun)).toEqual([-3, 0]);
    expect(moved(begun, order([[10, 0]]))).toEqual([-3, 0]);
    expect(moved(begun, order([[6, 0]]))).toEqual([0]);
    expect(moved(undefined, order([[10, 0]]))).toEqual([-3]);
  });
});

it('an order that is gone moved nothing, and neither did one that never was', () => {
  expect(changesBetween(order([[2, 0]]), undefined, plainShop('8')).size).toBe(0);
  expect(changesBetween(undefined, undefined, plainShop('8')).size).toBe(0);
});

describe('states', () => {
  it.each<[string, VersionFamily, readonly number[], number]>([
    ['to cancelled', '8', [2, 6], 3],
    ['from shipped to error', '9', [4, 8], 3],
    ['out of cancelled to a logable state', '8', [6, 2], -3],
    ['out of cancelled to another one, in 8', '8', [6, 10], 0],
    ['out of cancelled to another one, in 1.7', '1.7', [6, 10], 0],
    ['out of cancelled to another one, in 9', '9', [6, 10], -3],
    ['returned twice, in 8', '8', [10, 6, 10, 6], 6],
    ['returned once, in 9', '9', [10, 6, 10, 6], 3],
    ['sold without being taken, in 8', '8', [6, 10, 2], 0],
    ['between cancelled and error', '9', [6, 8], 0],
  ])('%s', (_, family, states, units) => {
    const rows = states.map((state, at) => [state, at * 60] as const);
    expect(moved(order(rows.slice(0, 1)), order(rows), plainShop(family))).toEqual([units]);
  });

  it('of which nobody knows whether they are logable leave both possible in 8', () => {
    expect(
      moved(
        order([[6, 0]]),
        order([
          [6, 0],
          [99, 60],
        ]),
      ),
    ).toEqual([-3, 0]);
    expect(
      moved(
        order([[6, 0]]),
        order([
          [6, 0],
          [99, 60],
        ]),
        plainShop('9'),
      ),
    ).toEqual([-3]);
  });

  it('start where the order was last seen, though its history row was deleted', () => {
    const cancelled = order([
      [2, 0],
      [6, 60],
    ]);
    const rows = cancelled.history.slice(0, 1);
    expect(moved(cancelled, { ...cancelled, history: rows })).toEqual([0]);
    const paid = { id: 3, stateId: 2, addedAtSeconds: 120 };
    expect(moved(cancelled, { ...cancelled, stateId: 2, history: [...rows, paid] })).toEqual([-3]);
  });

  it('may be ahead of their history row by the one that is being written', () => {
    const paid = order([[2, 0]]);
    const ahead = { ...paid, stateId: 6 };
    const cancelled = order([
      [2, 0],
      [6, 60],
    ]);
    expect(moved(paid, ahead)).toEqual([0, 3]);
    expect(moved(ahead, cancelled)).toEqual([0, 3]);
    expect(moved(ahead, ahead)).toEqual([0]);
  });
});

describe('changes of state at the same moment', () => {
  it.each([
    ['paid, twice cancelled', [2, 6, 6], [3, 6]],
    ['cancelled, twice paid', [6, 2, 2], [-6, -3]],
    ['paid, cancelled and shipped', [2, 6, 4], [0, 3]],
    ['paid, shipped and cancelled', [2, 4, 6], [3]],
  ])('%s: as one after the other, or both from the state before', (_, [start = 0, one = 0, other = 0], units) => {
    for (const second of [60, 61]) {
      const after = order([
        [start, 0],
        [one, 60],
        [other, second],
      ]);
      expect(moved(order([[start, 0]]), after)).toEqual(units);
    }
  });

  it('are seen when the first of them was read before', () => {
    expect(
      moved(
        order([
          [2, 0],
          [6, 60],
        ]),
        order([
          [2, 0],
          [6, 60],
          [6, 60],
        ]),
      ),
    ).toEqual([0, 3]);
  });

  it('need the same second or the next: later ones follow each other', () => {
    expect(
      moved(
        order([[2, 0]]),
        order([
          [2, 0],
          [6, 60],
          [6, 62],
        ]),
      ),
    ).toEqual([3]);
  });

  it('move all lines alike', () => {
    const lines = [line(1, 3), line(2, 2)];
    expect(
      moved(
        order([[2, 0]], lines),
        order(
          [
            [2, 0],
            [6, 60],
            [6, 60],
          ],
          lines,
        ),
      ),
    ).toEqual([5, 10]);
  });

  it('too many of them say nothing', () => {
    const raced = [6, 5, 10, 8, 3, 4].map((state) => [state, 60] as const);
    expect(moved(order([[2, 0]]), order([[2, 0], ...raced]))).toBe('unknown');
    expect(pathsMax).toBe(64);
  });
});

describe('lines', () => {
  const paid = order([[2, 0]]);
  const cancelled = order([[6, 0]]);

  it('that change move their difference, or nothing when the webservice wrote them', () => {
    expect(moved(paid, { ...paid, lines: [line(1, 5)] })).toEqual([-2, 0]);
    expect(moved(cancelled, { ...cancelled, lines: [line(1, 1)] })).toEqual([0, 2]);
  });

  it('that go give their quantity, a second time in cancelled', () => {
    expect(moved(paid, { ...paid, lines: [] })).toEqual([3]);
    expect(moved(cancelled, { ...cancelled, lines: [] })).toEqual([3]);
  });

  it('that come take it, but in cancelled', () => {
    const more = [line(1, 3), line(2, 2)];
    expect(moved(paid, { ...paid, lines: more })).toEqual([-2]);
    expect(moved(cancelled, { ...cancelled, lines: more })).toEqual([0]);
  });

  it('that change with the state: before it, after it, or by the webservice', () => {
    expect(
      moved(
        paid,
        order(
          [
            [2, 0],
            [6, 60],
          ],
          [line(1, 1)],
        ),
      ),
    ).toEqual([1, 3, 5]);
    expect(
      moved(
        paid,
        order(
          [
            [2, 0],
            [6, 60],
          ],
          [],
        ),
      ),
    ).toEqual([3, 6]);
  });
});

describe('refunds', () => {
  const paid = order([[2, 0]]);

  it('put back what the counter says', () => {
    expect(moved(paid, { ...paid, lines: [line(1, 3, { reinjected: 2 })] })).toEqual([2]);
  });

  it('are not subtracted when the order is cancelled after them', () => {
    expect(
      moved(
        paid,
        order(
          [
            [2, 0],
            [6, 60],
          ],
          [line(1, 3, { reinjected: 3 })],
        ),
      ),
    ).toEqual([6]);
  });

  it('of a line that went since may have moved what their slip says', () => {
    const slips = [{ id: 1, items: [{ lineId: 1, quantity: 2 }] }];
    expect(moved(paid, { ...paid, lines: [], slips })).toEqual([3, 5]);
    expect(moved({ ...paid, slips }, { ...paid, lines: [], slips })).toEqual([3]);
  });

  it('of a slip alone move nothing', () => {
    const slips = [{ id: 1, items: [{ lineId: 1, quantity: 2 }] }];
    expect(moved(paid, { ...paid, slips })).toEqual([0]);
  });
});
