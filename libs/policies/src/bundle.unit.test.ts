import { describe, expect, test } from 'vitest';
import { recipeOf } from '#atp';
import type { DomainEvent, Known } from '#event-sourcing';
import { bundleDecider, type BundleState } from './bundle.js';
import { bundlesMax } from './checks.js';
import type { SetBundle } from './commands.js';
import { applyPolicyEvent, emptyBook, type PolicyBook } from './policy-book.js';

const now = '2026-03-01T09:00:00.000Z';
const known: Known<never> = { facts: new Map<string, never>(), elsewhere: new Map() };
const of = (sku: string, units = 1) => ({ sku, units });

const recorded = (sku: string, components: readonly ReturnType<typeof of>[], revision: number) => ({
  stream: `policy-bundle-${sku}`,
  revision,
  position: '00000000000000000001',
  type: 'BundleRecipeSet',
  data: { sku, components },
});
const bookOf = (...recipes: Parameters<typeof recorded>[]): PolicyBook =>
  recipes.reduce<PolicyBook>((book, recipe) => applyPolicyEvent(book, recorded(...recipe)), emptyBook);

/** KIT is a bundle of A; OLD has ended. */
const book = bookOf(['KIT', [of('A')], 0], ['OLD', [of('B')], 0], ['OLD', [], 1]);

const nothing: BundleState = { content: null, revision: -1 };
const standing: BundleState = { content: { sku: 'SET', components: [of('A', 2)] }, revision: 3 };
const decide = (changes: Partial<SetBundle>, state = nothing, policy: PolicyBook = book) =>
  bundleDecider.decide(
    {
      command: { kind: 'set_bundle', sku: 'SET', revision: state.revision, components: [of('A', 2)], ...changes },
      ...{ now, policy, known },
    },
    state,
  );

describe('a recipe', () => {
  test('is set whole, with its reason', () => {
    const data = { sku: 'SET', components: [of('A', 2), of('OLD', 1_000_000)], reason: 'gift' };
    const { components, reason } = data;
    expect(decide({ components, reason })).toEqual({
      kind: 'accepted',
      events: [{ type: 'BundleRecipeSet', data, occurredAt: now }],
    });
  });

  test('that stands already changes nothing, whatever the revision; none where there is none neither', () => {
    expect(decide({ revision: 0 }, standing)).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ components: [] })).toEqual({ kind: 'accepted', events: [] });
  });

  test('without components ends the bundle, which may be set again', () => {
    const data = { sku: 'SET', components: [] };
    expect(decide({ components: [] }, standing)).toEqual({
      kind: 'accepted',
      events: [{ type: 'BundleRecipeSet', data, occurredAt: now }],
    });
    expect(decide({ sku: 'OLD', revision: 1 }, { content: { sku: 'OLD', components: [] }, revision: 1 }).kind).toBe(
      'accepted',
    );
  });

  const outside = (field: string, value: number, min: number, max: number) => ({
    code: 'out_of_range',
    ...{ field, value, min, max },
  });
  const many = Array.from({ length: 65 }, (_, index) => of(`C${index}`));

  test.each<[string, Partial<SetBundle>, object]>([
    ['a bad key', { sku: '' }, { code: 'invalid', field: 'sku', reason: 'empty' }],
    ['too many components', { components: many }, outside('components', 65, 0, 64)],
    [
      'a bad component',
      { components: [of('A'), of('$B')] },
      { code: 'invalid', field: 'components[1].sku', reason: 'reserved_prefix' },
    ],
    ['no units', { components: [of('A', 0)] }, outside('components[0].units', 0, 1, 1_000_000)],
    ['negative units', { components: [of('A', -1)] }, outside('components[0].units', -1, 1, 1_000_000)],
    ['half a unit', { components: [of('A', 0.5)] }, outside('components[0].units', 0.5, 1, 1_000_000)],
    ['too many units', { components: [of('A', 1_000_001)] }, outside('components[0].units', 1_000_001, 1, 1_000_000)],
    [
      'a component twice',
      { components: [of('A'), of('B'), of('A', 3)] },
      { code: 'duplicate_component', component: 'A' },
    ],
    ['itself', { components: [of('B'), of('SET')] }, { code: 'bundle_in_itself', sku: 'SET' }],
    ['a bundle', { components: [of('KIT')] }, { code: 'bundle_too_deep', component: 'KIT', bundle: 'SET' }],
    [
      'what a bundle is made of',
      { sku: 'A', components: [of('B')] },
      { code: 'bundle_too_deep', component: 'A', bundle: 'KIT' },
    ],
    ['what has changed', { revision: 2, components: [of('B')] }, { code: 'policy_changed', expected: 2, revision: -1 }],
    /* Form before depth, depth before what has changed. */
    ['itself twice', { components: [of('SET'), of('SET')] }, { code: 'duplicate_component', component: 'SET' }],
    [
      'a bundle over an old revision',
      { revision: 9, components: [of('KIT')] },
      { code: 'bundle_too_deep', component: 'KIT', bundle: 'SET' },
    ],
  ])('is refused with %s', (_name, changes, refusal) => {
    expect(decide(changes)).toEqual({ kind: 'refused', refusal });
  });

  test('of one bundle more than the ledger holds is refused; those that it holds may change', () => {
    let bundles = book.bundles;
    for (let nth = bundles.size; nth < bundlesMax; nth += 1)
      bundles = bundles.with(`S${nth}`, { sku: `S${nth}`, components: [of('A')], revision: 0 });
    const full = { ...book, bundles };
    expect(decide({}, nothing, full)).toEqual({
      kind: 'refused',
      refusal: { code: 'too_many_bundles', max: bundlesMax },
    });
    expect(decide({ components: [of('B')] }, standing, full).kind).toBe('accepted');
  });
});

describe('the book', () => {
  test('has the newest recipe with its revision, and knows which SKU is a bundle now', () => {
    expect(book.bundles.get('KIT')).toEqual({ sku: 'KIT', components: [of('A')], revision: 0 });
    expect(book.bundles.get('OLD')).toEqual({ sku: 'OLD', components: [], revision: 1 });
    expect([recipeOf(book.bundles, 'KIT')?.sku, recipeOf(book.bundles, 'OLD'), recipeOf(book.bundles, 'A')]).toEqual([
      'KIT',
      undefined,
      undefined,
    ]);
  });

  test('stops at an event that it does not know', () => {
    const unknown = { type: 'BundleForgotten', data: {}, occurredAt: now } as DomainEvent;
    expect(() => bundleDecider.evolve(nothing, unknown as never)).toThrow('BundleForgotten');
  });
});
