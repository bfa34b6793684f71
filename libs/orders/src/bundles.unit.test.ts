import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderEvent, SnapshotLine } from './events.js';
import { bundledAs, lastOf, line, play, policyWith, record, snapshot, step } from '../testing/orders.js';
import { orderDecider, type OrderDecider } from './order-kind.js';
import { noOrder, targetsOf, type OrderState } from './state.js';
import { targetsBySku } from './targets-by-sku.js';

const plain = policyWith({ kit: ['KIT', 3] });
const policy = bundledAs(plain, { KIT: { A: 2, B: 1 }, DUO: { B: 1, C: 4 } });
const later = bundledAs(plain, { KIT: { D: 1 } }, 1);

const kit = (id: string, ordered: number, more: Partial<SnapshotLine> = {}) =>
  line(id, { sku: 'KIT', unitsPerSale: 1 }, ordered, more);
const duo = (id: string, ordered: number) => line(id, { sku: 'DUO', unitsPerSale: 2 }, ordered);
const recorded = (version: number, ...lines: readonly SnapshotLine[]) => record(snapshot(version, lines));

const promised = (state: OrderState) => targetsOf(state).map((each) => [each.line, each.sku, each.promised]);

describe('a line of a bundle', () => {
  test('is frozen with its recipe, and promises units of each component', () => {
    const state = lastOf(play([recorded(1, kit('L1', 3))], policy));
    expect(state.frozen).toEqual([
      {
        ...{ key: 'L1', line: 'L1', product: '["sku","KIT",1]', sku: 'KIT', unitsPerSale: 1 },
        bundle: {
          revision: 0,
          components: [
            { sku: 'A', units: 2 },
            { sku: 'B', units: 1 },
          ],
        },
      },
    ]);
    expect(promised(state)).toEqual([
      ['L1', 'A', 6],
      ['L1', 'B', 3],
    ]);
  });

  test('that a listing sells by the three takes three of each', () => {
    expect(promised(lastOf(play([recorded(1, line('L1', { ids: { product: 'kit' } }, 2))], policy)))).toEqual([
      ['L1', 'A', 12],
      ['L1', 'B', 6],
    ]);
  });

  test('keeps its recipe: edits and cancellation go by it, whatever the bundle stands for by then', () => {
    const first = lastOf(play([recorded(1, kit('L1', 3))], policy));
    const edited = lastOf(play([recorded(2, kit('L1', 2), kit('L2', 1))], later, undefined, first));
    expect(promised(edited)).toEqual([
      ['L1', 'A', 4],
      ['L1', 'B', 2],
      ['L2', 'D', 1],
    ]);
    const ended = lastOf(play([recorded(3, kit('L1', 2, { cancelled: 2 }))], plain, undefined, edited));
    expect(promised(ended).map(([, , units]) => units)).toEqual([0, 0, 0]);
  });

  test('shares SKUs with other lines, each for itself: one command for each SKU', () => {
    const { decision } = step(
      noOrder,
      recorded(1, kit('L1', 1), duo('L2', 1), line('L3', { sku: 'B', unitsPerSale: 1 }, 5)),
      policy,
    );
    const told = (decision.kind === 'accepted' ? decision.events : []).find(({ type }) => type === 'OrderTargetsSet');
    const bySku = targetsBySku(told as Extract<OrderEvent, { type: 'OrderTargetsSet' }>);
    const linesOf = (sku: string) => bySku.get(sku)?.lines.map((each) => [each.line, each.promised]);
    expect([linesOf('A'), linesOf('B'), linesOf('C')]).toEqual([
      [['L1', 2]],
      [
        ['L1', 1],
        ['L2', 2],
        ['L3', 5],
      ],
      [['L2', 8]],
    ]);
  });

  test('ships, comes back and has its baseline in bundles, multiplied for each component', () => {
    const shipped = kit('L1', 5, { shipped: 3, refunded: 1, restocked: 1 });
    const baseline = [{ line: 'L1', issued: 2, returned: 1 }];
    const based = { kind: 'baseline', connection: 'shop', channel: 'web', orderKey: '77', lines: baseline } as const;
    expect(targetsOf(lastOf(play([based, recorded(1, shipped)], policy)))).toMatchObject([
      { sku: 'A', ordered: 10, promised: 10, shipped: 6, restocked: 2, baselineIssued: 4, baselineReturned: 2 },
      { sku: 'B', ordered: 5, promised: 5, shipped: 3, restocked: 1, baselineIssued: 2, baselineReturned: 1 },
    ]);
  });

  test('whose target of one component stays keeps its version there', () => {
    const [first] = targetsOf(
      lastOf(play([recorded(1, kit('L1', 3)), recorded(2, kit('L1', 3), kit('L2', 1))], policy)),
    );
    expect(first?.version).toBe(2);
  });

  test('with too many units of a component, or too many components over all lines, is refused', () => {
    const huge = bundledAs(plain, { KIT: { A: 1, B: 1_000_000 } });
    expect(step(noOrder, recorded(1, kit('L1', 1_001)), huge).decision).toMatchObject({
      refusal: { code: 'quantity_out_of_range', quantity: 1_001_000_000, line: 'L1' },
    });
    const wide = bundledAs(plain, { KIT: Object.fromEntries(Array.from({ length: 64 }, (_, nth) => [`C${nth}`, 1])) });
    const lines = Array.from({ length: 63 }, (_, nth) => kit(`L${nth}`, 1));
    expect(step(noOrder, recorded(1, ...lines), wide).decision).toMatchObject({
      refusal: { code: 'too_many_lines', lines: 4_032, max: 4_000 },
    });
  });

  test('of an order from before there were bundles goes on as it was', () => {
    const before = lastOf(play([recorded(1, kit('L1', 3))], plain));
    expect(before.frozen[0]).not.toHaveProperty('bundle');
    expect(promised(lastOf(play([recorded(2, kit('L1', 1))], policy, undefined, before)))).toEqual([['L1', 'KIT', 1]]);
  });
});

/** An order is edited under one recipe and cancelled under another: what do its components stand at? */
const cancelsOut = (decider: OrderDecider = orderDecider) =>
  fc.property(
    fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.boolean()), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('cancelled', 'gone', 'trashed'),
    (edits, end) => {
      let state: OrderState = noOrder;
      edits.forEach(([one, two, changed], index) => {
        const command = recorded(index + 1, kit('L1', one), duo('L2', two));
        state = lastOf(play([command], changed ? later : policy, decider, state));
      });
      const [one, two] = edits.at(-1) ?? [0, 0];
      const last = {
        cancelled: snapshot(99, [kit('L1', one, { cancelled: one }), { ...duo('L2', two), cancelled: two }]),
        gone: snapshot(99, []),
        trashed: snapshot(99, [kit('L1', one), duo('L2', two)], { payment: 'trashed' }),
      }[end];
      state = lastOf(play([record(last)], later, decider, state));
      const left = targetsOf(state).filter((each) => each.promised !== 0);
      const told = new Set(state.frozen.map(({ key }) => key));
      return left.length === 0 && told.size === 2;
    },
  );

describe('explosion and cancellation', () => {
  test('cancel out, whatever happened to the recipe', () => {
    fc.assert(cancelsOut(), { numRuns: 500 });
  });

  test('control: where the recipe of now decides which components are told, they do not', () => {
    const thawing: OrderDecider = {
      ...orderDecider,
      decide: (asked, state) => {
        const frozen = state.frozen.map((each) => {
          const now = asked.policy.bundles.get(each.sku);
          return now === undefined ? each : { ...each, bundle: now };
        });
        return orderDecider.decide(asked, { ...state, frozen });
      },
      evolve: (state, event) => {
        if (event.type !== 'OrderTargetsSet') return orderDecider.evolve(state, event);
        const told = new Set(event.data.targets.map((each) => `${each.line} ${each.sku}`));
        const kept = targetsOf(state).filter((each) => !told.has(`${each.line} ${each.sku}`));
        return orderDecider.evolve(state, {
          ...event,
          data: { ...event.data, targets: [...event.data.targets, ...kept] },
        });
      },
    };
    expect(fc.check(cancelsOut(thawing), { numRuns: 500, seed: 1 }).failed).toBe(true);
  });
});
