import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from './options.js';
import { differencesOf, lineOf, withTerm, type Terms } from './terms.js';

const terms: Terms = { locations: ['wh1'], splitCarts: false, buffer: { effect: 'hard', units: 3 } };

describe('a term', () => {
  it.each<[string, Terms]>([
    ['buffer.units=5', { ...terms, buffer: { effect: 'hard', units: 5 } }],
    ['buffer.effect=soft', { ...terms, buffer: { effect: 'soft', units: 3 } }],
    ['buffer=', { locations: ['wh1'], splitCarts: false }],
    ['cap.units=9', { ...terms, cap: { units: 9 } }],
    ['cap={"basisPoints":500}', { ...terms, cap: { basisPoints: 500 } }],
    ['locations=["wh2","wh1"]', { ...terms, locations: ['wh2', 'wh1'] }],
    ['splitCarts=true', { ...terms, splitCarts: true }],
    ['nothing=', terms],
    ['dispatch.timeZone=Etc/GMT+5', { ...terms, dispatch: { timeZone: 'Etc/GMT+5' } }],
    ['a.b=x=y', { ...terms, a: { b: 'x=y' } }],
    ['toString.a=1', { ...terms, toString: { a: 1 } }],
  ])('%s', (term, after) => {
    expect(withTerm(terms, term)).toEqual(after);
  });

  it.each(['buffer', '=5', 'buffer.=5', '.units=5', ''])('%j is none', (term) => {
    expect(() => withTerm(terms, term)).toThrow(UsageError);
  });
});

describe('the difference', () => {
  it('names each term by its path, with what it was and is', () => {
    const after = withTerm(withTerm(withTerm(terms, 'buffer.units=5'), 'cap.units=9'), 'locations=["wh2"]');
    expect(differencesOf(terms, after).map(lineOf)).toEqual([
      'buffer.units: 3 -> 5',
      'cap.units: (none) -> 9',
      'locations: ["wh1"] -> ["wh2"]',
    ]);
    expect(differencesOf(after, withTerm(after, 'buffer=')).map(lineOf)).toEqual([
      'buffer.effect: "hard" -> (none)',
      'buffer.units: 5 -> (none)',
    ]);
  });

  it('of the same terms is none, in whatever order they stand; of others there is one', () => {
    const name = fc.stringMatching(/^[a-c]$/u);
    const json = fc.dictionary(
      name,
      fc.oneof(fc.nat(2), fc.dictionary(name, fc.boolean(), { noNullPrototype: true })),
      {
        noNullPrototype: true,
      },
    );
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(differencesOf(a, Object.fromEntries(Object.entries(a).reverse()))).toEqual([]);
        expect(differencesOf(a, b).length === 0).toBe(isDeepStrictEqual(a, b));
      }),
    );
  });
});
