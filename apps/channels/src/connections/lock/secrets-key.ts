import { createHash } from 'node:crypto';

/** AES-256. */
export const secretsKeyBytes = 32;

/** A key that locks secrets, and the name it is known by. */
export type SecretsKey = { readonly id: string; readonly bytes: Buffer };

/** Why secrets cannot be read. Never says what they are. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError';
  constructor(
    readonly code: 'secrets_key_missing' | 'secrets_key_wrong' | 'secret_damaged',
    message: string,
  ) {
    super(message);
  }
}

/**
 * The id is a digest that starts with another word than any other digest of ours: a key of 256 random bits cannot be found
 * by it.
 *
 * @param text 32 bytes in base64, as `openssl rand -base64 32` writes them
 * @throws SecretsError when it is something else
 */
export const secretsKeyOf = (text: string): SecretsKey => {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, 'base64');
  if (bytes.length !== secretsKeyBytes || bytes.toString('base64') !== trimmed)
    throw new SecretsError(
      'secrets_key_wrong',
      `A key of secrets is ${secretsKeyBytes} bytes in base64: openssl rand -base64 ${secretsKeyBytes}.`,
    );
  const id = createHash('sha256').update('channel secrets key\0').update(bytes).digest('hex').slice(0, 16);
  return { id, bytes };
};
