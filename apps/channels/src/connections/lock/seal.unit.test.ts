import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal.js';
import { SecretsError, secretsKeyOf } from './secrets-key.js';

const newKey = () => secretsKeyOf(randomBytes(32).toString('base64'));
const key = newKey();
const place = { channel: 'web', name: 'key' };

describe('a secret under lock', () => {
  it('comes back as it was, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        const [one, other] = [seal(key, place, secret), seal(key, place, secret)];
        expect(unseal(key, place, one)).toBe(secret);
        expect(one.sealed.equals(other.sealed)).toBe(false);
      }),
    );
  });

  it('opens in its own place alone', () => {
    const sealed = seal(key, place, 'secret');
    for (const elsewhere of [
      { channel: 'b2b', name: 'key' },
      { channel: 'web', name: 'webhookSecret' },
    ])
      expect(() => unseal(key, elsewhere, sealed)).toThrow(expect.objectContaining({ code: 'secret_damaged' }));
  });

  it('does not open with another key, and says which one it needs', () => {
    const sealed = seal(key, place, 'very secret');
    const other = newKey();
    expect(() => unseal(other, place, sealed)).toThrow(expect.objectContaining({ code: 'secrets_key_wrong' }));
    expect(() => unseal(other, place, sealed)).toThrow(key.id);
    expect(() => unseal({ ...other, id: key.id }, place, sealed)).toThrow(
      expect.objectContaining({ code: 'secret_damaged' }),
    );
  });

  it('does not open once any bit of it has changed', () => {
    const { sealed, ...rest } = seal(key, place, 'secret');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal(key, place, { ...rest, sealed: changed })).toThrow(SecretsError);
    }
  });

  it('is not told by what is thrown', () => {
    const { sealed, ...rest } = seal(key, place, 'very secret');
    const said = [
      () => unseal(newKey(), place, { ...rest, sealed }),
      () => unseal(key, { ...place, name: 'x' }, { ...rest, sealed }),
    ].map((open) => {
      try {
        return open();
      } catch (error) {
        return String((error as Error).stack) + JSON.stringify(error);
      }
    });
    expect(said.join()).not.toContain('very secret');
    expect(said.join()).toContain('SecretsError');
  });
});

it.each([
  '',
  'short',
  randomBytes(31).toString('base64'),
  randomBytes(32).toString('hex'),
  randomBytes(33).toString('base64'),
])('%j is no key', (text) => {
  expect(() => secretsKeyOf(text)).toThrow(SecretsError);
  if (text !== '') expect(() => secretsKeyOf(text)).not.toThrow(text);
});

it('a key may have the line feed of its file behind it', () => {
  const text = randomBytes(32).toString('base64');
  expect(secretsKeyOf(`${text}\n`).id).toBe(secretsKeyOf(text).id);
});
