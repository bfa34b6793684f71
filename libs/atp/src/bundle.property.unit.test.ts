import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleAvailability, type BundleAvailability, type ComponentAvailability } from './bundle.js';
import type { Availability } from './types.js';

const places = ['wh1', 'wh2', 'shop'];
const days = [undefined, '2026-03-02', '2026-03-05'];

const sum = (items: readonly { readonly quantity: number }[]): number =>
  items.reduce((total, { quantity }) => total + quantity, 0);

/** An answer of `availability` as far as bundles look at it: what is at hand is at its places, the rest is dated. */
const availabilities: fc.Arbitrary<Availability> = fc
  .record({
    atPlaces: fc.tuple(...places.map(() => fc.nat(20))),
    later: fc.tuple(fc.nat(9), fc.nat(9)),
    hidden: fc.nat(30),
    validUntil: fc.option(fc.constantFrom('2026-03-03', '2026-03-04')),
  })
  .map(({ atPlaces, later, hidden, validUntil }) => {
    const byLocation = places.map((location, index) => {
      const [quantity, incoming] = [
        atPlaces[index] ?? 0,
        index === 0 ? sum(later.map((each) => ({ quantity: each }))) : 0,
      ];
      return { location, quantity: quantity + incoming, ...(incoming > 0 && { incoming }) };
    });
    const quantities = [atPlaces.reduce((total, each) => total + each, 0), ...later];
    const tranches = days.flatMap((availableAt, index) => {
      const quantity = quantities[index] ?? 0;
      return quantity === 0 ? [] : [{ quantity, ...(availableAt !== undefined && { availableAt }) }];
    });
    const atp = sum(tranches);
    const shown = Math.max(0, atp - hidden);
    const state = atp === 0 ? 'out_of_stock' : shown === 0 ? 'limited' : 'in_stock';
    return {
      ...{ channel: 'web', atp, shown, byLocation, tranches, state, terms: [], shownTerms: [] },
      ...(validUntil !== null && { validUntil }),
    };
  });

const recipes: fc.Arbitrary<readonly ComponentAvailability[]> = fc.uniqueArray(
  fc.record({
    sku: fc.constantFrom('A', 'B', 'C', 'D'),
    units: fc.integer({ min: 1, max: 5 }),
    availability: availabilities,
  }),
  { selector: ({ sku }) => sku, minLength: 1 },
);

type Answer = (channel: string, components: readonly ComponentAvailability[]) => BundleAvailability;

/** The most bundles that the components are enough for, by trying. */
const makable = (components: readonly ComponentAvailability[], of: (availability: Availability) => number): number => {
  let bundles = 0;
  while (components.every(({ units, availability }) => (bundles + 1) * units <= of(availability))) bundles += 1;
  return bundles;
};

const isWhole = (answer: Answer) =>
  fc.property(recipes, (components) => {
    const told = answer('web', components);
    expect(told.atp).toBe(makable(components, ({ atp }) => atp));
    expect(told.shown).toBe(makable(components, ({ shown }) => shown));
    expect(sum(told.tranches)).toBe(told.atp);
    expect(sum(told.byLocation) + told.acrossLocations).toBe(told.atp);
    expect([told.acrossLocations, ...told.byLocation.map(({ quantity }) => quantity)].every((each) => each >= 0)).toBe(
      true,
    );
    for (const { location, quantity, incoming = 0 } of told.byLocation) {
      const at = ({ byLocation }: Availability) => byLocation.filter((place) => place.location === location);
      expect(quantity).toBe(makable(components, (of) => sum(at(of))));
      const isThere = (of: Availability) => sum(at(of)) - (at(of)[0]?.incoming ?? 0);
      expect(quantity - incoming).toBe(makable(components, isThere));
    }
    expect(told.components.filter(({ limits }) => limits).map(({ makes }) => makes)).toContain(told.atp);
  });

describe('a bundle, whatever its components have', () => {
  it('is as many as they are enough for: promised, shown, by day, at each place and over all of them', () => {
    fc.assert(isWhole(bundleAvailability), { numRuns: 1_000 });
  });

  it('control: counting the best component, or the places alone, is seen', () => {
    const generous: Answer = (channel, components) => {
      const told = bundleAvailability(channel, components);
      return { ...told, atp: Math.max(...told.components.map(({ makes }) => makes)) };
    };
    const split: Answer = (channel, components) => ({ ...bundleAvailability(channel, components), acrossLocations: 0 });
    for (const wrong of [generous, split]) expect(fc.check(isWhole(wrong), { numRuns: 1_000 }).failed).toBe(true);
  });

  it('is never more for one component more, and never fewer for more of one', () => {
    fc.assert(
      fc.property(recipes, availabilities, (components, more) => {
        const { atp } = bundleAvailability('web', components);
        const further = [...components, { sku: 'E', units: 1, availability: more }];
        expect(bundleAvailability('web', further).atp).toBeLessThanOrEqual(atp);
      }),
    );
  });

  it('changes without an event when the first of its components does', () => {
    fc.assert(
      fc.property(recipes, (components) => {
        const [first] = components.flatMap(({ availability }) => availability.validUntil ?? []).toSorted();
        expect(bundleAvailability('web', components).validUntil).toBe(first);
      }),
    );
  });

  it('says what it is out of: nothing, nothing shown, or nothing before a day', () => {
    const at = (availability: Partial<Availability>): ComponentAvailability => ({
      sku: 'A',
      units: 2,
      availability: {
        ...{ channel: 'web', atp: 4, shown: 4, byLocation: [], tranches: [{ quantity: 4 }], state: 'in_stock' },
        ...{ terms: [], shownTerms: [] },
        ...availability,
      },
    });
    const stateOf = (component: ComponentAvailability) => bundleAvailability('web', [component]).state;
    const dated = [{ quantity: 4, availableAt: '2026-03-02' }];
    expect(stateOf(at({}))).toBe('in_stock');
    expect(stateOf(at({ shown: 1 }))).toBe('limited');
    expect(stateOf(at({ atp: 1 }))).toBe('out_of_stock');
    expect(stateOf(at({ tranches: dated, state: 'backorder' }))).toBe('backorder');
    expect(stateOf(at({ tranches: dated, state: 'preorder' }))).toBe('preorder');
    expect(bundleAvailability('web', [])).toMatchObject({ atp: 0, state: 'out_of_stock', components: [] });
  });
});
