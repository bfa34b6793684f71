import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { badCode, badExternalId, badKey, utf8Length } from './codes.js';

describe('codes of channels, locations and connections', () => {
  test.each([
    ['web', undefined],
    ['wh1', undefined],
    ['a'.repeat(32), undefined],
    ['', 'empty'],
    ['a'.repeat(33), 'too_long'],
    ['Web', 'not_a_code'],
    ['we-b', 'not_a_code'],
    ['web\n', 'not_a_code'],
    ['é', 'not_a_code'],
  ])('%j: %s', (text, reason) => {
    expect(badCode(text)).toBe(reason);
  });
});

describe('SKU, order and cart keys', () => {
  test.each([
    ['85123A', undefined],
    ['gift_0001_80', undefined],
    ['a b/c-d:é', undefined],
    ['é'.repeat(64), undefined],
    ['a$', undefined],
    ['', 'empty'],
    ['a'.repeat(65), 'too_long'],
    ['€'.repeat(43), 'too_long'],
    ['e\u0301', 'not_normalised'],
    ['a\u0000b', 'control_character'],
    ['a\u009f', 'control_character'],
    ['a\u2028', 'control_character'],
    ['a\ud800', 'lone_surrogate'],
    ['\udc00a', 'lone_surrogate'],
    ['$all', 'reserved_prefix'],
  ])('%j: %s', (text, reason) => {
    expect(badKey(text)).toBe(reason);
  });

  test('an external id may be what a key may not: longer, decomposed, with a dollar', () => {
    expect(['e\u0301', '$x', 'a'.repeat(128)].map(badExternalId)).toEqual([undefined, undefined, undefined]);
    expect(['', 'a'.repeat(129), '\u0000', '\ud83d'].map(badExternalId)).toEqual([
      'empty',
      'too_long',
      'control_character',
      'lone_surrogate',
    ]);
  });
});

test('utf8Length is what an encoder says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
