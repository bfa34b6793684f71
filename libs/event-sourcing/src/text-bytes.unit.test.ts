import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonBytes, utf8Bytes } from './text-bytes.js';

it('counts what an encoder writes, lone surrogates included', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00') }), (text) => {
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
    }),
  );
});

it('counts a value as its JSON', () => {
  expect(jsonBytes({ key: 'é' })).toBe(Buffer.byteLength('{"key":"é"}'));
});
