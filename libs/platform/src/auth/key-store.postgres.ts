import { loadStatements, prepared, transaction, type Module, type Pool } from '#postgres';
import { keysPerConnectionMax, type KeyRecord, type KeyStore } from './key-record.js';
import { isScope } from './scopes.js';

/** Its tables. */
export const authModule: Module = {
  name: 'auth',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['auth'],
};

const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'insert-key',
  'list-keys',
  'lock-connection',
  'revoke-key',
]);

type Row = {
  readonly key_id: string;
  readonly connection: string;
  readonly scopes: readonly string[];
  readonly secret_hash: Buffer;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
};

/** Keys in `auth.api_key`. */
export const postgresKeyStore = (pool: Pool): KeyStore => ({
  all: async () => (await pool.query<Row>(prepared(sql['list-keys']))).rows.map(recordOf),
  insert: (key, now) =>
    transaction(pool, async (client) => {
      await client.query(prepared(sql['lock-connection'], [key.connection]));
      const { rowCount } = await client.query(prepared(sql['insert-key'], valuesOf(key, now)));
      return rowCount === 1 ? 'stored' : 'too_many_keys';
    }),
  revoke: async (keyId, now) => (await pool.query(prepared(sql['revoke-key'], [keyId, now]))).rowCount === 1,
});

const valuesOf = (key: KeyRecord, now: string): unknown[] => [
  key.keyId,
  key.connection,
  key.scopes,
  key.secretHash,
  now,
  key.expiresAt ?? null,
  keysPerConnectionMax,
];

const recordOf = (row: Row): KeyRecord => ({
  keyId: row.key_id,
  connection: row.connection,
  scopes: row.scopes.filter(isScope),
  secretHash: row.secret_hash,
  createdAt: row.created_at,
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
});
