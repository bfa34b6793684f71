import { describe, expect, test } from 'vitest';
import type { OrderCommand, OrderPolicy } from './commands.js';
import type { LineTarget, Snapshot } from './events.js';
import {
  hashOf,
  lastOf,
  line,
  listedAs,
  now,
  placedAt,
  play,
  policyWith,
  record,
  resolutionsOf,
  resolve,
  snapshot,
  step,
} from '../testing/orders.js';
import { noOrder, type OrderState } from './state.js';
import { targetsBySku } from './targets-by-sku.js';

const name = { channel: 'web', orderKey: '77' } as const;
const policy = policyWith({ p1: ['A', 1], p2: ['B', 6] });
const p1 = { ids: { product: 'p1' } };
const p2 = { ids: { product: 'p2' } };

const given = (...commands: readonly OrderCommand[]): OrderState => lastOf(play(commands, policy));
const when = (state: OrderState, command: OrderCommand, by: OrderPolicy = policy) => step(state, command, by).decision;

const target = (more: Partial<LineTarget> & Pick<LineTarget, 'line' | 'sku' | 'version'>): LineTarget => ({
  ordered: 0,
  promised: 0,
  baselineIssued: 0,
  baselineReturned: 0,
  withheld: 0,
  paid: false,
  ...more,
});
const recorded = (value: Snapshot) => ({
  type: 'OrderRecorded',
  data: { ...name, snapshot: value, hash: hashOf(value) },
  occurredAt: value.changedAt,
});
const targetsSet = (value: Snapshot, targets: readonly LineTarget[], more = {}) => ({
  type: 'OrderTargetsSet',
  data: { ...name, connection: 'shop', placedAt, ...more, targets },
  occurredAt: value.changedAt,
});

describe('recording an order', () => {
  test('first sight: what was said, the lines frozen, the targets, in one append', () => {
    const first = snapshot(1, [line('L1', p1, 3), line('L2', p2, 2)], { cart: 'c9' });
    expect(when(noOrder, record(first))).toEqual({
      kind: 'accepted',
      events: [
        recorded(first),
        {
          type: 'OrderLinesResolved',
          data: {
            ...name,
            lines: [
              {
                key: 'L1',
                line: 'L1',
                product: '["ids","p1"]',
                sku: 'A',
                unitsPerSale: 1,
                listing: { stream: 'listing-web-p1', revision: 0 },
              },
              {
                key: 'L2',
                line: 'L2',
                product: '["ids","p2"]',
                sku: 'B',
                unitsPerSale: 6,
                listing: { stream: 'listing-web-p2', revision: 0 },
              },
            ],
            unmapped: [],
          },
          occurredAt: now,
        },
        targetsSet(
          first,
          [
            target({ line: 'L1', sku: 'A', version: 2, ordered: 3, promised: 3 }),
            target({ line: 'L2', sku: 'B', version: 2, ordered: 12, promised: 12 }),
          ],
          { reservation: 'web:c9' },
        ),
      ],
    });
  });

  test('an edit: only the line that changed has a new version; nothing new is frozen, so nothing is said of it', () => {
    const state = given(record(snapshot(1, [line('L1', p1, 3), line('L2', p2, 2)])));
    const edit = snapshot(2, [line('L1', p1, 3), line('L2', p2, 1)]);
    expect(when(state, record(edit))).toEqual({
      kind: 'accepted',
      events: [
        recorded(edit),
        targetsSet(edit, [
          target({ line: 'L1', sku: 'A', version: 2, ordered: 3, promised: 3 }),
          target({ line: 'L2', sku: 'B', version: 4, ordered: 6, promised: 6 }),
        ]),
      ],
    });
  });

  test('another product under a line id is a new line, and the old one goes to 0', () => {
    const states = play(
      [
        record(snapshot(1, [line('L1', p1, 3)])),
        record(snapshot(2, [line('L1', p2, 1)])),
        record(snapshot(3, [line('L1', 'D', 4)])),
        record(snapshot(4, [line('L1', p1, 5)])),
      ],
      policy,
    );
    const promised = (state: OrderState) => state.told?.targets.map((each) => [each.line, each.sku, each.promised]);
    expect(states.map(promised)).toEqual([
      [['L1', 'A', 3]],
      [['L1', 'A', 0], ['L1~2', 'B', 6]],
      [['L1', 'A', 0], ['L1~2', 'B', 0], ['L1~3', 'D', 4]],
      [['L1', 'A', 5], ['L1~2', 'B', 0], ['L1~3', 'D', 0]],
    ]); /* prettier-ignore */
  });

  test('a line whose id looks like a second product has a key of its own', () => {
    const state = given(
      record(snapshot(1, [line('L1', p1, 1), line('L1~2', 'A', 1)])),
      record(snapshot(2, [line('L1', 'D', 1)])),
    );
    expect(state.frozen.map(({ key }) => key)).toEqual(['L1', 'L1~~2', 'L1~2']);
  });

  test('not newer than the last: nothing, whatever it says; the same version with other content is refused', () => {
    const state = given(record(snapshot(5, [line('L1', p1, 3)])));
    expect(when(state, record(snapshot(5, [line('L1', p1, 3)])))).toEqual({ kind: 'accepted', events: [] });
    expect(when(state, record(snapshot(4, [line('L1', p1, 9)])))).toEqual({ kind: 'accepted', events: [] });
    expect(when(state, record(snapshot(5, [line('L1', p1, 4)])))).toEqual({
      kind: 'refused',
      refusal: { code: 'snapshot_reused', version: 5 },
    });
  });

  test('a cart or a day of order that changed concerns every line', () => {
    const state = given(record(snapshot(1, [line('L1', p1, 3)])));
    const later = step(state, record(snapshot(2, [line('L1', p1, 3)], { cart: 'c9' })), policy).state;
    expect(later.told?.targets[0]?.version).toBe(4);
  });
});

describe('lines without a listing', () => {
  const unknown = { ids: { product: 'p9', variant: 'XL' } };
  const first = snapshot(1, [line('L1', p1, 3), line('L2', unknown, 2)]);

  test('wait, and hold nobody up', () => {
    const state = given(record(first));
    expect(state.unmapped).toEqual([{ line: 'L2', ids: { product: 'p9', variant: 'XL' } }]);
    expect(state.told?.targets.map((each) => [each.line, each.promised])).toEqual([['L1', 3]]);
  });

  test('resolve when their listing appears; before that nothing is said', () => {
    const state = given(record(first));
    expect(when(state, resolve)).toEqual({ kind: 'accepted', events: [] });
    const key = '["ids","p9","XL"]';
    const appeared = { sku: 'E', unitsPerSale: 2, listing: { stream: 'listing-web-p9:XL', revision: 3 } };
    const mapped = listedAs(policy, new Map([[key, appeared]]));
    expect(when(state, resolve, mapped)).toEqual({
      kind: 'accepted',
      events: [
        {
          type: 'OrderLinesResolved',
          data: { ...name, lines: [{ key: 'L2', line: 'L2', product: key, ...appeared }], unmapped: [] },
          occurredAt: now,
        },
        targetsSet(first, [
          target({ line: 'L1', sku: 'A', version: 2, ordered: 3, promised: 3 }),
          target({ line: 'L2', sku: 'E', version: 4, ordered: 4, promised: 4 }),
        ]),
      ],
    });
  });

  test('that vanish before their listing appears wait no longer, and leave nothing', () => {
    const state = given(record(first), record(snapshot(2, [line('L1', p1, 3)])));
    expect(state.unmapped).toEqual([]);
    expect(when(state, resolve, policyWith({ p9: ['E', 1] }))).toEqual({ kind: 'accepted', events: [] });
    expect(when(noOrder, resolve)).toEqual({ kind: 'accepted', events: [] });
  });
});

describe('the first contact with a running shop', () => {
  const baseline = (issued: number): OrderCommand => ({
    kind: 'baseline',
    connection: 'shop',
    ...name,
    lines: [{ line: 'L2', issued, returned: 1 }],
  });
  const order = record(snapshot(1, [line('L1', p1, 3), line('L2', p2, 4, { shipped: 2 })]));

  test('is remembered in sold units and told in base units, whichever came first', () => {
    for (const state of [given(baseline(2), order), given(order, baseline(2))]) {
      const [first, second] = state.told?.targets ?? [];
      expect([first?.baselineIssued, first?.baselineReturned]).toEqual([0, 0]);
      expect([second?.baselineIssued, second?.baselineReturned, second?.shipped]).toEqual([12, 6, 12]);
    }
  });

  test('happens once: the same again is nothing, another is refused', () => {
    expect(when(given(baseline(2)), baseline(2))).toEqual({ kind: 'accepted', events: [] });
    expect(when(given(baseline(2)), baseline(3))).toEqual({ kind: 'refused', refusal: { code: 'already_baselined' } });
  });
});

describe('refusals, in their order', () => {
  const at = '2026-03-01T12:05:00.001Z';
  const refusalOf = (value: Snapshot, by: OrderPolicy = policy, connection = 'shop') =>
    when(given(record(snapshot(5, []))), { ...record(value), connection } as OrderCommand, by);
  const nobody: OrderPolicy = { ...policy, channels: new Map() };
  const many = (count: number) => Array.from({ length: count }, (_, index) => line(`L${index}`, 'A', 1));

  test.each<[string, ReturnType<typeof refusalOf>, object]>([
    ['too many lines', refusalOf(snapshot(5, many(2_001)), nobody), { code: 'too_many_lines', lines: 2_001, max: 2_000 }],
    ['a line twice', refusalOf(snapshot(5, [line('L1', 'A', -1), line('L1', 'A', 1)]), nobody), { code: 'duplicate_line', line: 'L1' }],
    ['less than nothing', refusalOf(snapshot(5, [line('L1', 'A', -1)]), nobody), { code: 'quantity_out_of_range', field: 'ordered', quantity: -1, max: 1e9, line: 'L1' }],
    ['half a unit', refusalOf(snapshot(5, [line('L1', 'A', 1, { shipped: 0.5 })]), nobody), { code: 'quantity_out_of_range', field: 'shipped', quantity: 0.5, max: 1e9, line: 'L1' }],
    ['no units per sale', refusalOf(snapshot(5, [line('L1', { sku: 'A', unitsPerSale: 0 }, 1)]), nobody), { code: 'quantity_out_of_range', field: 'product.unitsPerSale', quantity: 0, max: 1e6, line: 'L1' }],
    ['half a version', refusalOf(snapshot(0.5, []), nobody), { code: 'quantity_out_of_range', field: 'version', quantity: 0.5, max: Number.MAX_SAFE_INTEGER }],
    ['an unknown channel', refusalOf(snapshot(5, []), nobody, 'erp'), { code: 'unknown_channel', channel: 'web' }],
    ['somebody else', refusalOf(snapshot(5, [line('L1', 'A', 1, { location: 'x' })]), policy, 'erp'), { code: 'not_author', connection: 'erp', kind: 'ordered', channel: 'web', author: 'shop' }],
    ['an unknown location', refusalOf(snapshot(5, [line('L1', 'A', 1, { location: 'x' })], { changedAt: at })), { code: 'unknown_location', location: 'x', line: 'L1' }],
    ['a change to come', refusalOf(snapshot(5, [line('L1', 'A', 1)], { changedAt: at })), { code: 'occurred_in_future', field: 'changedAt', occurredAt: at, now }],
    ['an order to come', refusalOf(snapshot(5, [line('L1', 'A', 1)], { placedAt: at })), { code: 'occurred_in_future', field: 'placedAt', occurredAt: at, now }],
    ['a version used before', refusalOf(snapshot(5, [line('L1', { sku: 'A', unitsPerSale: 2 }, 1e9)])), { code: 'snapshot_reused', version: 5 }],
    ['too many base units', refusalOf(snapshot(6, [line('L1', { sku: 'A', unitsPerSale: 2 }, 500_000_001)])), { code: 'quantity_out_of_range', field: 'ordered', quantity: 1_000_000_002, max: 1e9, line: 'L1' }],
  ])('%s', (_what, decision, refusal) => {
    expect(decision).toEqual({ kind: 'refused', refusal });
  }); /* prettier-ignore */

  test('control: at each bound it is taken', () => {
    const edge = snapshot(6, [line('L1', { sku: 'A', unitsPerSale: 2 }, 500_000_000)], {
      changedAt: '2026-03-01T12:05:00.000Z',
    });
    expect(refusalOf(edge).kind).toBe('accepted');
    expect(refusalOf(snapshot(6, many(2_000))).kind).toBe('accepted');
  });

  test('an order whose lines have all been replaced twice has had too many', () => {
    const replaced = (version: number, sku: string) =>
      record(
        snapshot(
          version,
          Array.from({ length: 2_000 }, (_, index) => line(`L${index}`, sku, 1)),
        ),
      );
    const twice = given(replaced(1, 'A'), replaced(2, 'B'));
    expect(twice.frozen).toHaveLength(4_000);
    expect(when(twice, replaced(3, 'C'))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'too_many_lines', lines: 6_000 },
    });
  });
});

describe('targets by SKU', () => {
  const edit = snapshot(2, [line('L1', 'A', 3), line('L2', 'A', 1), line('L3', 'B', 1)], { cart: 'c9' });
  const state = given(
    record(snapshot(1, [line('L1', 'A', 3), line('L2', 'A', 2), line('L3', 'B', 1)], { cart: 'c9' })),
  );
  const { decision } = step(state, record(edit), policy);
  const event =
    decision.kind === 'accepted' ? decision.events.find((each) => each.type === 'OrderTargetsSet') : undefined;
  if (event === undefined) throw new Error('the edit sets targets');

  test('one command for each SKU, with all its lines and what stands beside them', () => {
    const told = targetsBySku(event);
    expect([...told.keys()]).toEqual(['A', 'B']);
    const { sku: _sku, ...first } = target({ line: 'L1', sku: 'A', version: 2, ordered: 3, promised: 3 });
    const { sku: _other, ...second } = target({ line: 'L2', sku: 'A', version: 4, ordered: 1, promised: 1 });
    expect(told.get('A')).toEqual({
      kind: 'order_target',
      connection: 'shop',
      ...name,
      placedAt,
      occurredAt: edit.changedAt,
      reservation: 'web:c9',
      lines: [first, second],
    });
  });

  test('of an edit, on demand, only what it changed', () => {
    expect([...targetsBySku(event, 4)].map(([sku, { lines }]) => [sku, lines.map((each) => each.line)])).toEqual([
      ['A', ['L2']],
    ]);
  });
});

test('a listing remapped says nothing to lines frozen before', () => {
  const state = given(record(snapshot(1, [line('L1', p1, 3)])));
  const remapped = listedAs(policy, resolutionsOf({ p1: ['D', 1] }, 1));
  const after = step(state, record(snapshot(2, [line('L1', p1, 2)])), remapped).state;
  expect(after.told?.targets.map(({ sku, promised }) => [sku, promised])).toEqual([['A', 2]]);
});
