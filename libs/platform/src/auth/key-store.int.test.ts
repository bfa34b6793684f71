import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { generateKey } from './api-key.js';
import { keysPerConnectionMax, type KeyRecord } from './key-record.js';
import { authModule, postgresKeyStore } from './key-store.postgres.js';

const now = '2026-03-01T09:00:00.000Z';
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [authModule] });
  pool = createPool({ url: serviceUrl, applicationName: 'test', max: 20 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const keyOf = (connection: string, more: Partial<KeyRecord> = {}): KeyRecord => {
  const { keyId, secretHash } = generateKey();
  return { keyId, secretHash, connection, scopes: ['stock:read', 'ops'], createdAt: now, ...more };
};

it('gives back the keys as they were stored', async () => {
  const store = postgresKeyStore(pool);
  const key = keyOf('shop', { expiresAt: '2027-01-01T00:00:00.000Z' });
  expect(await store.insert(key, now)).toBe('stored');
  expect((await store.all()).find(({ keyId }) => keyId === key.keyId)).toEqual(key);
});

it('takes no more active keys of one connection than the bound, racing included', async () => {
  const store = postgresKeyStore(pool);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.insert(keyOf('racer'), now)));
  expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(keysPerConnectionMax);
  expect((await store.all()).filter(({ connection }) => connection === 'racer')).toHaveLength(keysPerConnectionMax);
});

it('counts neither revoked nor expired keys', async () => {
  const store = postgresKeyStore(pool);
  const [first] = await Promise.all(
    Array.from({ length: keysPerConnectionMax }, (_, index) => {
      const key = keyOf('rotating', index === 1 ? { expiresAt: now } : {});
      return store.insert(key, now).then(() => key);
    }),
  );
  expect(await store.insert(keyOf('rotating'), now)).toBe('stored');
  expect(await store.insert(keyOf('rotating'), now)).toBe('too_many_keys');
  expect(await store.revoke(first?.keyId ?? '', now)).toBe(true);
  expect(await store.revoke(first?.keyId ?? '', now)).toBe(false);
  expect(await store.insert(keyOf('rotating'), now)).toBe('stored');
});
