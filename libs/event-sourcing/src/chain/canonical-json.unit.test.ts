import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json.js';
import { canonicalJson } from './canonical-json.js';

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }) as fc.Arbitrary<JsonValue>;
const binaryText = fc.string({ unit: 'binary', maxLength: 120 });
const manyKeys = fc.dictionary(binaryText, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), binaryText), {
  maxKeys: 40,
});

describe('canonicalJson', () => {
  it('is what the reference implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(fc.oneof(json, manyKeys), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which keys were written', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: '\u20ac' }] })).toBe('{"a":[{"c":"\u20ac","d":null}],"b":1}');
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2, '1': 3 })).toBe('{"1":3,"\u{1f600}":2,"\ufb33":1}');
  });

  it('leaves out what is undefined in an object', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson({ a: undefined })).toBe('{}');
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', -Infinity],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate in a long text', `${'x'.repeat(200)}\udc00`],
    ['a lone surrogate in a key', { '\udfff': 1 }],
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['a bigint', 1n],
    ['a Map', new Map()],
    ['a date', new Date(0)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as unknown as JsonValue)).toThrow(TypeError);
  });

  it('writes the numbers of the appendix', () => {
    const numbers = [
      -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 295147905179352830000, 1e21, 1e-7, 333333333.3333332,
    ];
    expect(canonicalJson(numbers)).toBe(
      '[0,5e-324,1.7976931348623157e+308,9007199254740992,295147905179352830000,1e+21,1e-7,333333333.3333332]',
    );
  });
});
