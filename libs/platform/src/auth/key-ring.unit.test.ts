import { describe, expect, it } from 'vitest';
import { hashOf, parseToken } from './api-key.js';
import { createKeyRing } from './key-ring.js';
import type { KeyRecord, KeyStore } from './key-record.js';

const now = '2026-03-01T09:00:00.000Z';

const storeInMemory = (keys: KeyRecord[] = []): KeyStore => ({
  all: () => Promise.resolve([...keys]),
  insert: (key) => {
    keys.push(key);
    return Promise.resolve('stored');
  },
  revoke: (keyId, at) => {
    const index = keys.findIndex((key) => key.keyId === keyId && key.revokedAt === undefined);
    const key = keys[index];
    if (key) keys[index] = { ...key, revokedAt: at };
    return Promise.resolve(key !== undefined);
  },
});

const ringWithKey = async (expiresAt?: string) => {
  const ring = createKeyRing(storeInMemory());
  const made = await ring.create({ connection: 'shop', scopes: ['stock:read'], ...(expiresAt && { expiresAt }) }, now);
  if (made === 'too_many_keys') throw new Error('a first key must be possible');
  return { ring, ...made };
};

describe('the key ring', () => {
  it('knows the connection and scopes of a key it made', async () => {
    const { ring, token, key } = await ringWithKey();
    expect(ring.verify(token, now)).toEqual({
      kind: 'principal',
      principal: { connection: 'shop', keyId: key.keyId, scopes: new Set(['stock:read']) },
    });
  });

  it('stores nothing that brings the secret back', async () => {
    const { token, key } = await ringWithKey();
    const secret = parseToken(token)?.secret ?? '';
    expect(JSON.stringify(key)).not.toContain(secret);
    expect(key.secretHash.equals(hashOf(secret))).toBe(true);
  });

  it('refuses another secret under the id of a key, and ids and forms that it does not know', async () => {
    const { ring, token } = await ringWithKey();
    const other = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [
      other,
      `sl_${'0'.repeat(16)}_${'A'.repeat(43)}`,
      '',
      'sl_',
      token.toUpperCase(),
      `${token}A`,
    ]) {
      expect(ring.verify(wrong, now)).toEqual({ kind: 'refused', code: 'key_invalid' });
    }
  });

  it('refuses a key from its expiry on', async () => {
    const { ring, token } = await ringWithKey('2026-03-01T10:00:00.000Z');
    expect(ring.verify(token, '2026-03-01T09:59:59.999Z').kind).toBe('principal');
    expect(ring.verify(token, '2026-03-01T10:00:00.000Z')).toEqual({ kind: 'refused', code: 'key_expired' });
  });

  it('refuses a key at once after its revocation', async () => {
    const { ring, token, key } = await ringWithKey();
    expect(await ring.revoke(key.keyId, now)).toBe(true);
    expect(ring.verify(token, now)).toEqual({ kind: 'refused', code: 'key_revoked' });
    expect(await ring.revoke(key.keyId, now)).toBe(false);
  });
});
