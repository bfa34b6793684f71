import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allows, isZero, type NumberSet, valuesMax } from '#channel-kit';
import { blindToRaces, type Model } from '../../testing/models.js';
import { type Act, acted, madeOrder, type SimulatedOrder } from '../../testing/simulated-order.js';
import { effectsOf } from './effects-of.js';
import { type RowKey } from './views.js';

const statuses = fc.constantFrom(
  ...['pending', 'on-hold', 'processing', 'completed', 'cancelled', 'failed', 'refunded', 'trash', 'packed'],
);
const line = fc.integer({ min: 1, max: 3 });
const units = fc.integer({ min: 1, max: 9 });

const status: fc.Arbitrary<Act> = fc.record({ kind: fc.constant('status' as const), to: statuses });
const race: fc.Arbitrary<Act> = fc.record({ kind: fc.constant('race' as const), to: fc.tuple(statuses, statuses) });
const edit: fc.Arbitrary<Act> = fc.record({ kind: fc.constant('edit' as const), line, quantity: units });
const refund: fc.Arbitrary<Act> = fc.record({
  ...{ kind: fc.constant('refund' as const), line, units, restock: fc.boolean() },
});
const add: fc.Arbitrary<Act> = fc.record({ kind: fc.constant('add' as const), quantity: units });

const plainActs = fc.array(fc.oneof(status, edit, refund, add), { maxLength: 6 });
const orders = fc
  .tuple(
    fc.array(units, { minLength: 1, maxLength: 3 }),
    fc.array(fc.oneof(status, race, edit, refund), { maxLength: 4 }),
  )
  .map(([quantities, acts]) => acts.reduce(acted, madeOrder(quantities)));

const movedSince = (before: SimulatedOrder, after: SimulatedOrder): ReadonlyMap<RowKey, number> =>
  new Map([...after.moved].map(([id, moved]) => [`${id}-0`, moved - (before.moved.get(id) ?? 0)]));

const changeOf = (changes: ReadonlyMap<string, NumberSet>, row: RowKey): NumberSet => changes.get(row) ?? [0];

/** Rows whose true change the model did not expect. */
const missed = (before: SimulatedOrder, after: SimulatedOrder, model: Model = effectsOf): readonly string[] => {
  const changes = model(before.view, after.view);
  return [...movedSince(before, after)].flatMap(([row, moved]) =>
    allows(changeOf(changes, row), moved) ? [] : [`${row} moved ${moved}: ${String(changeOf(changes, row))}`],
  );
};

describe('what the shop did between two readings of an order', () => {
  it('is in the set, whatever was done one after another', () => {
    fc.assert(
      fc.property(orders, plainActs, (before, acts) => {
        expect(missed(before, acts.reduce(acted, before))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is in the set, where two changed the status at once and somebody refunded or edited a line', () => {
    const around = fc.option(fc.oneof(edit, refund), { nil: undefined });
    fc.assert(
      fc.property(orders, around, race, refund, (before, first, both, last) => {
        const acts = [...(first === undefined ? [] : [first]), both, last];
        expect(missed(before, acts.reduce(acted, before))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is nothing where nothing was read anew', () => {
    fc.assert(
      fc.property(orders, ({ view }) => {
        expect(effectsOf(view, view)).toEqual(new Map());
      }),
    );
  });

  it('is a set that stays small, and never of nothing alone', () => {
    fc.assert(
      fc.property(orders, plainActs, (before, acts) => {
        const changes = [...effectsOf(before.view, acts.reduce(acted, before).view).values()];
        expect(changes.filter((set) => isZero(set))).toEqual([]);
        expect(changes.every((set) => set !== 'unknown' && set.length <= valuesMax)).toBe(true);
      }),
    );
  });

  it.each(Object.entries(blindToRaces))('control: a model by which %s does not hold', (_, model) => {
    const found = fc.sample(fc.tuple(orders, race), 500).filter(([before, both]) => {
      return missed(before, acted(before, both), model).length > 0;
    });
    expect(found.length).toBeGreaterThan(10);
  });
});
