import { prepared, transaction, type Client, type Pool, type Queryable } from '#postgres';
import { seal, unseal, type Sealed } from './lock/seal.js';
import { SecretsError, type SecretsKey } from './lock/secrets-key.js';
import { sql } from './statements.js';

/** The key in use, and the one before while it is replaced. */
export type SecretsKeys = { readonly current: SecretsKey | undefined; readonly old: SecretsKey | undefined };

export type Secrets = Readonly<Record<string, string>>;

type SecretRow = {
  readonly channel: string;
  readonly name: string;
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
};

const sealedOf = ({ key_id: keyId, nonce, sealed }: SecretRow): Sealed => ({ keyId, nonce, sealed });

const demandKey = ({ current }: SecretsKeys): SecretsKey => {
  if (current !== undefined) return current;
  throw new SecretsError(
    'secrets_key_missing',
    'Secrets of shops are kept under lock, and there is no key: set CHANNEL_SECRETS_KEY or CHANNEL_SECRETS_KEY_FILE.',
  );
};

/** Puts secrets of a channel under lock, in place of those of the same names. @throws SecretsError without a key */
export const putSecrets = async (
  client: Client,
  keys: SecretsKeys,
  channel: string,
  secrets: Secrets,
): Promise<void> => {
  for (const [name, secret] of Object.entries(secrets)) {
    const { keyId, nonce, sealed } = seal(demandKey(keys), { channel, name }, secret);
    await client.query(prepared(sql['put-secret'], [channel, name, keyId, nonce, sealed]));
  }
};

/** @throws SecretsError when one of them does not open */
export const readSecrets = async (session: Queryable, keys: SecretsKeys, channel: string): Promise<Secrets> => {
  const { rows } = await session.query<SecretRow>(prepared(sql['list-secrets'], [channel]));
  return Object.fromEntries(
    rows.map((row) => [row.name, unseal(demandKey(keys), { channel, name: row.name }, sealedOf(row))]),
  );
};

/** Names of the secrets that a channel has. */
export const namesOfSecrets = async (session: Queryable, channel: string): Promise<readonly string[]> => {
  const { rows } = await session.query<SecretRow>(prepared(sql['list-secrets'], [channel]));
  return rows.map(({ name }) => name);
};

export type Relocked = {
  /** Secrets that the old key had locked, and the new one has now. */
  readonly relocked: number;
  /** Channels with secrets that neither key opens. */
  readonly locked: readonly string[];
};

/** Locks with the current key what the old one had locked. All of it or, after a crash, none; the same again changes nothing. */
export const relockSecrets = (pool: Pool, keys: SecretsKeys): Promise<Relocked> =>
  transaction(pool, async (client) => {
    const { rows } = await client.query<SecretRow>(prepared(sql['lock-secrets'], [keys.current?.id ?? '']));
    const [ours, others] = [rows.filter(isOld(keys)), rows.filter((row) => !isOld(keys)(row))];
    for (const row of ours) await relock(client, keys, row);
    return { relocked: ours.length, locked: [...new Set(others.map(({ channel }) => channel))] };
  });

const isOld =
  ({ current, old }: SecretsKeys) =>
  ({ key_id }: SecretRow): boolean =>
    current !== undefined && key_id === old?.id;

const relock = (client: Client, keys: SecretsKeys, row: SecretRow): Promise<void> => {
  const { channel, name } = row;
  if (keys.old === undefined) throw new Error('There is no old key to open this with');
  return putSecrets(client, keys, channel, { [name]: unseal(keys.old, { channel, name }, sealedOf(row)) });
};
