import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigest } from './digest.js';

const hex = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('createDigest', () => {
  it('is SHA-256 over the previous bytes and the UTF-8 of the text, of any length', () => {
    const digest = createDigest();
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5_000 }),
      fc.nat(20_000).map((length) => '\u20ac'.repeat(length)),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), texts, (previous, text) => {
        const bytes = Buffer.concat([previous, Buffer.from(text, 'utf8')]);
        expect(digest.chain(Buffer.from(previous).toString('hex'), text)).toBe(hex(bytes));
        expect(digest.of(text)).toBe(hex(Buffer.from(text, 'utf8')));
      }),
    );
  });

  it('refuses a previous hash that is none', () => {
    expect(() => createDigest().chain('abc', 'text')).toThrow('not a hash');
  });
});
