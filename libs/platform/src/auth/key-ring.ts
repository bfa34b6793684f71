import { generateKey, matches, parseToken } from './api-key.js';
import type { KeyRecord, KeyStore, Principal } from './key-record.js';
import type { Scope } from './scopes.js';

/** A key that another process made or revoked takes effect here within this time; one of this process at once. */
export const keyStalenessMillisMax = 5_000;

export type KeyVerdict =
  | { readonly kind: 'principal'; readonly principal: Principal }
  | { readonly kind: 'refused'; readonly code: 'key_invalid' | 'key_expired' | 'key_revoked' };

export type KeyWish = { readonly connection: string; readonly scopes: readonly Scope[]; readonly expiresAt?: string };

/**
 * Every key in memory, so that no request waits for a query. `verify` is synchronous; `reload` is called at start, after
 * each change of our own, and every `keyStalenessMillisMax` by `keepFresh`.
 */
export type KeyRing = {
  readonly verify: (token: string, now: string) => KeyVerdict;
  readonly reload: () => Promise<void>;
  /** The token is returned this once; what is stored cannot bring it back. */
  readonly create: (
    wish: KeyWish,
    now: string,
  ) => Promise<{ readonly key: KeyRecord; readonly token: string } | 'too_many_keys'>;
  readonly revoke: (keyId: string, now: string) => Promise<boolean>;
  readonly list: () => readonly KeyRecord[];
};

type Entry = { readonly record: KeyRecord; readonly principal: Principal };

export const createKeyRing = (store: KeyStore): KeyRing => {
  let entries = new Map<string, Entry>();
  const reload = async (): Promise<void> => {
    entries = new Map((await store.all()).map((record) => [record.keyId, { record, principal: principalOf(record) }]));
  };
  return {
    verify: (token, now) => verdictOn(entries, token, now),
    reload,
    create: async (wish, now) => {
      const { keyId, token, secretHash } = generateKey();
      const key: KeyRecord = { ...wish, keyId, secretHash, createdAt: now };
      if ((await store.insert(key, now)) === 'too_many_keys') return 'too_many_keys';
      await reload();
      return { key, token };
    },
    revoke: async (keyId, now) => {
      const revoked = await store.revoke(keyId, now);
      await reload();
      return revoked;
    },
    list: () => [...entries.values()].map((entry) => entry.record),
  };
};

const principalOf = (record: KeyRecord): Principal => ({
  connection: record.connection,
  keyId: record.keyId,
  scopes: new Set(record.scopes),
});

/** Whether a key expired or was revoked is told only to who knows its secret. */
const verdictOn = (entries: ReadonlyMap<string, Entry>, token: string, now: string): KeyVerdict => {
  const parts = parseToken(token);
  const entry = parts && entries.get(parts.keyId);
  if (!parts || !entry || !matches(parts.secret, entry.record.secretHash)) return refusedKey('key_invalid');
  const { revokedAt, expiresAt } = entry.record;
  if (revokedAt !== undefined) return refusedKey('key_revoked');
  if (expiresAt !== undefined && expiresAt <= now) return refusedKey('key_expired');
  return { kind: 'principal', principal: entry.principal };
};

const refusedKey = (code: 'key_invalid' | 'key_expired' | 'key_revoked'): KeyVerdict => ({ kind: 'refused', code });
