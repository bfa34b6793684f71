import { describe, expect, test } from 'vitest';
import type { LocationPolicy } from '#atp';
import type { LineTarget, PaymentState, SnapshotLine } from './events.js';
import { lastOf, line, locationBy, play, policyWith, record, snapshot } from '../testing/orders.js';

const shop = [locationBy('wh1', 'shop'), locationBy('wh2', 'shop')];
const warehouse = [locationBy('wh1', 'wms'), locationBy('wh2', 'wms')];

/** The target of one line of 5, two base units each, after the snapshots given. */
const after = (
  edits: readonly (readonly [payment: PaymentState, more: Partial<SnapshotLine>])[],
  locations: readonly LocationPolicy[] = shop,
): Partial<LineTarget> => {
  const commands = edits.map(([payment, more], index) =>
    record(snapshot(index + 1, [line('L1', { sku: 'A', unitsPerSale: 2 }, 5, more)], { payment })),
  );
  return lastOf(play(commands, policyWith({}, locations))).told?.targets[0] ?? {};
};

describe('what is promised', () => {
  test.each<[PaymentState, Partial<SnapshotLine>, promised: number, paid: boolean]>([
    ['pending', {}, 10, false],
    ['paid', {}, 10, true],
    ['paid', { cancelled: 2 }, 6, true],
    ['paid', { cancelled: 9 }, 0, true],
    ['failed', {}, 0, false],
    ['cancelled', {}, 0, false],
    ['refunded', {}, 0, false],
    ['trashed', {}, 0, false],
  ])('%s, %j: %i base units, paid %s', (payment, more, promised, paid) => {
    expect(after([[payment, more]])).toMatchObject({ ordered: 10, promised, paid });
  });

  test('an order that comes back to life is promised again: scenario 6', () => {
    expect(
      after([
        ['pending', {}],
        ['cancelled', {}],
        ['paid', {}],
      ]),
    ).toMatchObject({ promised: 10, paid: true });
  });
});

describe('what was shipped', () => {
  test.each<[PaymentState, shipped: number]>([
    ['pending', 8],
    ['paid', 8],
    ['cancelled', 0],
    ['refunded', 8],
    ['failed', 8],
    ['trashed', 8],
  ])('after %s, where the shop is author of issues: %i', (payment, shipped) => {
    expect(
      after([
        ['paid', { shipped: 4 }],
        [payment, { shipped: 4 }],
      ]).shipped,
    ).toBe(shipped);
  });

  test.each<[string, readonly LocationPolicy[], string | undefined, number | undefined]>([
    ['the shop everywhere', shop, undefined, 8],
    ['the warehouse everywhere', warehouse, undefined, undefined],
    [
      'the shop at one of the locations of the channel',
      [locationBy('wh1', 'wms'), locationBy('wh2', 'wms', { issue: 'shop' })],
      undefined,
      8,
    ],
    ['the warehouse at the location named', [locationBy('wh1', 'wms'), locationBy('wh2', 'shop')], 'wh1', undefined],
    ['the shop at the location named', [locationBy('wh1', 'wms'), locationBy('wh2', 'shop')], 'wh2', 8],
    [
      'the warehouse, by a kind of its own',
      [locationBy('wh1', 'shop', { issue: 'wms' }), locationBy('wh2', 'wms')],
      undefined,
      undefined,
    ],
  ])('author of issues is %s', (_who, locations, location, shipped) => {
    const more = { shipped: 4, ...(location === undefined ? {} : { location }) };
    expect(after([['paid', more]], locations).shipped).toBe(shipped);
  });

  test('left out: never said is somebody else’s to say, said once and left out is 0', () => {
    expect(after([['paid', {}]]).shipped).toBeUndefined();
    expect(after([['cancelled', {}]]).shipped).toBeUndefined();
    expect(
      after([
        ['paid', { shipped: 4 }],
        ['paid', {}],
      ]).shipped,
    ).toBe(0);
  });
});

describe('what came back', () => {
  test('is told by the author of returns alone, whatever the payment', () => {
    const returns = [locationBy('wh1', 'wms', { return: 'shop' }), locationBy('wh2', 'wms')];
    expect(after([['refunded', { shipped: 5, refunded: 2, restocked: 1 }]], returns)).toMatchObject({ restocked: 2 });
    expect(after([['refunded', { shipped: 5, refunded: 2, restocked: 1 }]], warehouse).restocked).toBeUndefined();
    expect(
      after(
        [
          ['cancelled', { restocked: 1 }],
          ['cancelled', {}],
        ],
        returns,
      ).restocked,
    ).toBe(0);
  });
});

/* Sold units of 5 ordered; withheld in base units. */
describe('what is refunded and not put back', () => {
  test.each<[string, PaymentState, Partial<SnapshotLine>, withheld: number, promised: number]>([
    ['before its issue: withheld', 'paid', { cancelled: 2, refunded: 2 }, 4, 6],
    ['before its issue, put back: free', 'paid', { cancelled: 2, refunded: 2, restocked: 2 }, 0, 6],
    ['before its issue, one of two put back', 'paid', { cancelled: 2, refunded: 2, restocked: 1 }, 2, 6],
    ['cancelled without a refund: free', 'paid', { cancelled: 2 }, 0, 6],
    ['after its issue: with the customer', 'paid', { shipped: 5, refunded: 2 }, 0, 10],
    ['more than is cancelled: the rest had been issued', 'paid', { shipped: 3, cancelled: 2, refunded: 4 }, 4, 6],
    ['all of it, by the state alone: free', 'refunded', {}, 0, 0],
    ['all of it before issue', 'refunded', { refunded: 5 }, 10, 0],
    ['all of it, two were issued', 'refunded', { refunded: 5, shipped: 2 }, 6, 0],
    ['all of it after issue', 'refunded', { refunded: 5, shipped: 5 }, 0, 0],
    ['more put back than refunded', 'paid', { cancelled: 2, refunded: 1, restocked: 3 }, 0, 6],
  ])('%s', (_what, payment, more, withheld, promised) => {
    expect(after([[payment, more]])).toMatchObject({ withheld, promised });
  });

  test('the units per sale count here too, and whoever ships', () => {
    expect(after([['paid', { cancelled: 2, refunded: 2 }]], warehouse).withheld).toBe(4);
  });
});

test('a line that is gone stays listed at nothing, its issues voided by their author', () => {
  const commands = [
    record(snapshot(1, [line('L1', 'A', 5, { shipped: 5, restocked: 1, location: 'wh1' })], { payment: 'paid' })),
    record(snapshot(2, [], { payment: 'paid' })),
  ];
  expect(lastOf(play(commands, policyWith())).told?.targets).toEqual([
    {
      line: 'L1',
      sku: 'A',
      version: 4,
      ordered: 0,
      promised: 0,
      baselineIssued: 0,
      baselineReturned: 0,
      shipped: 0,
      restocked: 0,
      withheld: 0,
      paid: false,
    },
  ]);
});
