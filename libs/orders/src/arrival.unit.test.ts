import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takenBy } from './components.js';
import type { PaymentState, Snapshot, SnapshotLine } from './events.js';
import { orderDecider, type OrderDecider } from './order-kind.js';
import {
  bundledAs,
  effectsOf,
  hashOf,
  lastOf,
  line,
  listedAs,
  locationBy,
  play,
  policyWith,
  record,
  resolutionsOf,
  snapshot,
} from '../testing/orders.js';
import { noOrder, targetsOf, type OrderState } from './state.js';

const listings = { p1: ['A', 1], p2: ['B', 6], p3: ['C', 1] } as const;
/** wh1: the shop ships and takes back. wh2: the warehouse ships, the shop takes back. D is a bundle. */
const policy = bundledAs(
  policyWith(listings, [locationBy('wh1', 'shop'), locationBy('wh2', 'wms', { return: 'shop' })]),
  { D: { A: 2, C: 1 } },
);

const product: fc.Arbitrary<SnapshotLine['product']> = fc.oneof(
  fc.constantFrom('p1', 'p2', 'p3', 'unmapped').map((id) => ({ ids: { product: id } })),
  fc.record({ sku: fc.constantFrom('A', 'D'), unitsPerSale: fc.constantFrom(1, 2) }),
);
const figure = fc.integer({ min: 0, max: 9 });
const anyLine = (id: string): fc.Arbitrary<SnapshotLine> =>
  fc.record(
    {
      line: fc.constant(id),
      product,
      ordered: figure,
      cancelled: figure,
      shipped: figure,
      refunded: figure,
      restocked: figure,
      location: fc.constantFrom('wh1', 'wh2'),
    },
    { requiredKeys: ['line', 'product', 'ordered', 'cancelled'] },
  );
const anyLines = fc
  .tuple(...['L1', 'L2', 'L1~2'].map((id) => fc.option(anyLine(id), { nil: undefined })))
  .map((lines) => lines.filter((each) => each !== undefined));
const payment = fc.constantFrom<PaymentState>('pending', 'paid', 'failed', 'cancelled', 'refunded', 'trashed');
const cart = fc.constantFrom<{ cart?: string }>({}, { cart: 'c1' });

/** An order's life: edit after edit, each a whole snapshot. */
const life = fc
  .array(fc.tuple(anyLines, payment, cart), { minLength: 1, maxLength: 7 })
  .map((edits) => edits.map(([lines, state, more], index) => snapshot(index + 1, lines, { payment: state, ...more })));

/** The same snapshots as they may arrive: any order, any of them again. */
const arrival = life.chain((snapshots) =>
  fc.record({
    newest: fc.constant(snapshots.at(-1) ?? snapshot(0, [])),
    arriving: fc
      .tuple(fc.constant(snapshots), fc.subarray(snapshots))
      .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length })),
  }),
);

const arrived = (snapshots: readonly Snapshot[], decider?: OrderDecider): readonly OrderState[] =>
  play(snapshots.map(record), policy, decider);

const endsAsTheNewestAlone = (decider?: OrderDecider) =>
  fc.property(arrival, ({ newest, arriving }) => {
    expect(effectsOf(lastOf(arrived(arriving, decider)))).toEqual(effectsOf(lastOf(arrived([newest]))));
  });

/** Each state's frozen lines begin with those of the state before it, unchanged. */
const neverThaws = (states: readonly OrderState[]): boolean =>
  states.every((state, index) => {
    const before = states[index - 1]?.frozen ?? [];
    return before.every((frozen, at) => JSON.stringify(frozen) === JSON.stringify(state.frozen[at]));
  });

const keysAreUnique = ({ frozen }: OrderState): boolean => new Set(frozen.map(({ key }) => key)).size === frozen.length;

describe('snapshots in any order, any of them twice', () => {
  test('end with the targets of the newest snapshot alone', () => {
    fc.assert(endsAsTheNewestAlone(), { numRuns: 2_000 });
  });

  test('control: where the last to arrive wins, they do not', () => {
    const lastWins: OrderDecider = {
      ...orderDecider,
      decide: (asked, state) =>
        orderDecider.decide(asked, state.recorded === null ? state : { ...state, recorded: null }),
    };
    expect(fc.check(endsAsTheNewestAlone(lastWins), { numRuns: 2_000, seed: 1 }).failed).toBe(true);
  });

  test('control: where a line that is gone keeps its target, they do not', () => {
    const keepsVanished: OrderDecider = {
      ...orderDecider,
      evolve: (state, event) => {
        if (event.type !== 'OrderTargetsSet') return orderDecider.evolve(state, event);
        const kept = new Map(targetsOf(state).map((target) => [target.line, target]));
        const targets = event.data.targets.map((each) => (each.ordered === 0 ? (kept.get(each.line) ?? each) : each));
        return orderDecider.evolve(state, { ...event, data: { ...event.data, targets } });
      },
    };
    expect(fc.check(endsAsTheNewestAlone(keepsVanished), { numRuns: 2_000, seed: 1 }).failed).toBe(true);
  });

  test('a frozen line never changes, and its key is its own', () => {
    fc.assert(
      fc.property(arrival, ({ arriving }) => {
        const states = arrived(arriving);
        expect(neverThaws(states)).toBe(true);
        expect(states.every(keysAreUnique)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('control: a frozen line that changed, and a key that two lines share, are seen', () => {
    const [first] = arrived([snapshot(1, [line('L1', { ids: { product: 'p1' } }, 1)])]);
    const state = first ?? noOrder;
    const thawed = { ...state, frozen: state.frozen.map((frozen) => ({ ...frozen, sku: 'D' })) };
    expect(neverThaws([state, thawed])).toBe(false);
    expect(keysAreUnique({ ...state, frozen: [...state.frozen, ...state.frozen] })).toBe(false);
  });

  test('every frozen line has a target for each SKU that it takes, whose version is an event that set it', () => {
    fc.assert(
      fc.property(arrival, ({ arriving }) => {
        for (const state of arrived(arriving)) {
          expect(targetsOf(state).map(({ line: key, sku }) => [key, sku])).toEqual(
            state.frozen.flatMap((frozen) => takenBy(frozen).map(({ sku }) => [frozen.key, sku])),
          );
          expect(targetsOf(state).every(({ version }) => version > 0 && version <= state.revision)).toBe(true);
        }
      }),
    );
  });
});

/** All orders of a list. */
const permutations = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

/** One of them again, at any later place. */
const withOneDuplicate = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.flatMap((item, index) => items.slice(index).map((_, later) => items.toSpliced(index + later + 1, 0, item)));

const promisedOf = (state: OrderState, sku: string): number =>
  targetsOf(state).reduce((sum, target) => sum + (target.sku === sku ? target.promised : 0), 0);

describe('scenario 2', () => {
  const a = { ids: { product: 'pA' } };
  const b = { ids: { product: 'pB' } };
  const edits = [
    snapshot(1, [line('L1', a, 3)]),
    snapshot(2, [line('L1', a, 2)]),
    snapshot(3, [line('L2', b, 2)]),
    snapshot(4, [line('L2', b, 2, { cancelled: 2 })]),
    snapshot(5, [line('L2', b, 2)]),
  ];
  const before = policyWith({ pA: ['A', 1], pB: ['B', 1] });
  const arrivals = permutations(edits).flatMap(withOneDuplicate);

  test('every one of the 120 orders, with any one duplicate, promises 0 of A and 2 of B, and never more than was ordered', () => {
    expect(permutations(edits)).toHaveLength(120);
    for (const arriving of arrivals) {
      const states = play(arriving.map(record), before);
      expect([promisedOf(lastOf(states), 'A'), promisedOf(lastOf(states), 'B')]).toEqual([0, 2]);
      expect(states.every((state) => promisedOf(state, 'A') <= 3 && promisedOf(state, 'B') <= 2)).toBe(true);
    }
  });

  test('a listing remapped from B to D leaves the frozen line at B: cancelled there, D untouched', () => {
    const after = listedAs(before, resolutionsOf({ pA: ['A', 1], pB: ['D', 1] }, 1));
    const cancelled = record(snapshot(6, [line('L2', b, 2, { cancelled: 2 })]));
    for (const arriving of arrivals) {
      const state = lastOf(play([cancelled], after, orderDecider, lastOf(play(arriving.map(record), before))));
      expect(promisedOf(state, 'B')).toBe(0);
      expect(targetsOf(state).some(({ sku }) => sku === 'D')).toBe(false);
    }
  });

  test('control: resolved anew, the cancelled units would be those of D', () => {
    const after = listedAs(before, resolutionsOf({ pB: ['D', 1] }, 1));
    const thawed = { ...lastOf(play(edits.map(record), before)), frozen: [] };
    const state = lastOf(play([record(snapshot(6, [line('L2', b, 2)]))], after, orderDecider, thawed));
    expect(promisedOf(state, 'D')).toBe(2);
  });
});

test('the stand-in digest tells snapshots apart', () => {
  expect(hashOf(snapshot(1, []))).not.toBe(hashOf(snapshot(2, [])));
});
