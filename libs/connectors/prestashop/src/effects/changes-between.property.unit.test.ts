import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainShop } from '../../testing/plain-shop.js';
import { type Act, acted, madeOrder, type SimulatedOrder } from '../../testing/simulated-order.js';
import { changesBetween, type RowChanges } from './changes-between.js';
import { together } from './expected-rows.js';
import { allows, type NumberSet } from '#channel-kit';
import { type RowKey } from './rows.js';
import { type ShopView } from './views.js';

const states = fc.integer({ min: 1, max: 13 });
const stateActs: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('state' as const), to: fc.oneof(states, fc.constantFrom(2, 6)) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('race' as const), to: fc.tuple(states, states) }) },
);
const lineActs: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('edit' as const, 'patch' as const),
    line: fc.integer({ min: 1, max: 3 }),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('refund' as const),
    line: fc.integer({ min: 1, max: 3 }),
    units: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('remove' as const), line: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('add' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
);

const families = fc.constantFrom('8' as const, '9' as const);
const orders = fc
  .tuple(families, states, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }))
  .map(([family, state, quantities]) => madeOrder(family, state, quantities));

const keyOfLine = (line: number): RowKey => `${line}-0@s1g0`;

const movedSince = (before: SimulatedOrder, after: SimulatedOrder): ReadonlyMap<RowKey, number> =>
  new Map([...after.moved].map(([line, units]) => [keyOfLine(line), units - (before.moved.get(line) ?? 0)]));

const changeOf = (changes: RowChanges, key: RowKey): NumberSet => changes.get(key) ?? [0];

/** Rows whose true change the model did not expect. */
const missed = (changes: RowChanges, moved: ReadonlyMap<RowKey, number>): readonly string[] =>
  [...moved].flatMap(([key, units]) =>
    allows(changeOf(changes, key), units) ? [] : [`${key} moved ${units}: ${String(changeOf(changes, key))}`],
  );

const told = (before: SimulatedOrder, after: SimulatedOrder, shop: ShopView = plainShop(after.family)): RowChanges =>
  changesBetween(before.view, after.view, shop);

/** Acts on a line that hide one another when both stand between the same two readings: one of them a line and a reading. */
const hides = (act: Act): number | undefined =>
  act.kind === 'edit' || act.kind === 'patch' || act.kind === 'remove' ? act.line : undefined;

const seenApart = (acts: readonly Act[]): readonly Act[] => {
  const touched = new Set<number>();
  return acts.filter((act) => {
    const line = hides(act);
    if (line === undefined) return true;
    const isFirst = !touched.has(line);
    touched.add(line);
    return isFirst;
  });
};

const perform = (order: SimulatedOrder, acts: readonly Act[]): SimulatedOrder => acts.reduce(acted, order);

describe('what the model says of two readings', () => {
  it('holds what any single act moved, and leaves a doubt after a race or a changed quantity alone', () => {
    fc.assert(
      fc.property(orders, fc.array(fc.oneof(stateActs, lineActs), { maxLength: 12 }), (start, acts) => {
        let before = start;
        for (const act of acts) {
          const after = acted(before, act);
          const changes = told(before, after);
          expect(missed(changes, movedSince(before, after))).toEqual([]);
          const isDoubtful = ['race', 'edit', 'patch'].includes(act.kind);
          if (!isDoubtful) expect([...changes.values()].filter((set) => set.length !== 1)).toEqual([]);
          before = after;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('holds what several acts moved, in whatever order states and lines changed', () => {
    const few = fc.tuple(fc.array(stateActs, { maxLength: 3 }), fc.array(lineActs, { maxLength: 4 }));
    fc.assert(
      fc.property(orders, few, fc.infiniteStream(fc.boolean()), (start, [ofState, ofLines], coins) => {
        const acts: Act[] = [];
        const [left, right] = [[...ofState], [...ofLines]];
        while (left.length + right.length > 0) {
          const next = (coins.next().value ? left : right).shift();
          if (next !== undefined) acts.push(next);
        }
        const kept = seenApart(acts).filter((act) => (hides(act) ?? 0) <= start.moved.size);
        const end = perform(start, kept);
        expect(missed(told(start, end), movedSince(start, end))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds the sum of what it says of two parts, where each part leaves no doubt', () => {
    const sequential = fc.array(fc.record({ kind: fc.constant('state' as const), to: states }), { maxLength: 6 });
    fc.assert(
      fc.property(orders, sequential, sequential, (start, first, second) => {
        const middle = perform(start, first);
        const end = perform(middle, second);
        const parts = together([told(start, middle), told(middle, end)]);
        const whole = told(start, end);
        for (const line of start.moved.keys())
          expect(changeOf(parts, keyOfLine(line))).toEqual(changeOf(whole, keyOfLine(line)));
      }),
      { numRuns: 500 },
    );
  });

  it('holds what two parts moved together, whatever happened in each', () => {
    const acts = fc.array(fc.oneof(stateActs, lineActs), { maxLength: 4 });
    fc.assert(
      fc.property(orders, acts, acts, (start, first, second) => {
        const middle = perform(
          start,
          seenApart(first).filter((act) => (hides(act) ?? 0) <= start.moved.size),
        );
        const end = perform(
          middle,
          seenApart(second).filter((act) => (hides(act) ?? 0) <= middle.moved.size),
        );
        const parts = together([told(start, middle), told(middle, end)]);
        expect(missed(parts, movedSince(start, end))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing of two readings that are the same', () => {
    fc.assert(
      fc.property(orders, fc.array(fc.oneof(stateActs, lineActs), { maxLength: 6 }), (start, acts) => {
        const order = perform(start, acts);
        expect(told(order, order).size).toBe(0);
      }),
    );
  });

  it('control: the table of the other version does not hold', () => {
    const differing = fc.check(
      fc.property(orders, fc.array(stateActs, { maxLength: 4 }), (start, acts) => {
        const end = perform(start, acts);
        const other = plainShop(end.family === '8' ? '9' : '8');
        expect(missed(told(start, end, other), movedSince(start, end))).toEqual([]);
      }),
    );
    expect(differing.failed).toBe(true);
  });
});
