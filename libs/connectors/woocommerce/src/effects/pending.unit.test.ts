import { describe, expect, it } from 'vitest';
import { lineOf, orderOf } from '../../testing/recorded/index.js';
import { pendingOf } from './pending.js';
import { type OrderLine, type OrderView } from './views.js';

const endsAt = 1_800_000;

const order = (over: Partial<OrderView> = {}, says: Partial<OrderLine> = {}): OrderView => ({
  ...orderOf('pending', [{ ...lineOf(1, 3), ...says }]),
  ...{ createdVia: 'checkout', holdEndsAtMillis: endsAt, ...over },
});

const pending = (view: OrderView, now = endsAt - 1) => [...pendingOf(view, now)];

describe('an order that a checkout has set units aside for', () => {
  it('is counted beside the figure', () => {
    expect(pending(order())).toEqual([['12-0', 3]]);
  });

  it('with all lines of a row', () => {
    expect(pending({ ...order(), lines: [lineOf(1, 3), lineOf(2, 2)] })).toEqual([['12-0', 5]]);
  });

  it.each<[string, OrderView]>([
    ['that nobody sets anything aside for', orderOf('pending', [lineOf(1, 3)])],
    ['that is paid', order({ status: 'processing' })],
    ['that takes without having taken', order({ status: 'on-hold' })],
    ['that failed', order({ status: 'failed' })],
    ['that was thrown away', order({ status: 'trash' })],
    ['of what may be owed', order({}, { stock: { row: '12-0', mayBeOwed: true } })],
    ['of what nobody counts', order({}, { stock: { none: 'unmanaged' } })],
    ['that has taken its units already', order({}, { reduced: 3 })],
    ['of a negative quantity', order({}, { quantity: -1 })],
  ])('is not one %s', (_, view) => {
    expect(pending(view)).toEqual([]);
  });

  it('is none any more when its time is over', () => {
    expect(pending(order(), endsAt)).toEqual([]);
  });
});
