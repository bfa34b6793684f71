import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SecretsError, type SecretsKey } from './secrets-key.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Whose secret it is: one that is put in the place of another does not open. */
export type SecretPlace = { readonly channel: string; readonly name: string };

export type Sealed = { readonly keyId: string; readonly nonce: Buffer; readonly sealed: Buffer };

/** What the seal covers beside the secret. Neither a code nor a name holds a NUL. */
const placeBytes = ({ channel, name }: SecretPlace): Buffer => Buffer.from(`${channel}\0${name}`);

/** Another nonce each time: the same secret twice looks like two. */
export const seal = (key: SecretsKey, place: SecretPlace, secret: string): Sealed => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes }).setAAD(placeBytes(place));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId: key.id, nonce, sealed };
};

/** @throws SecretsError when it was sealed with another key, for another place, or is not what was sealed */
export const unseal = (key: SecretsKey, place: SecretPlace, { keyId, nonce, sealed }: Sealed): string => {
  if (keyId !== key.id)
    throw new SecretsError(
      'secrets_key_wrong',
      `The secret ${place.name} of channel ${place.channel} was locked with another key (${keyId}, not ${key.id}): ` +
        'start with that one as CHANNEL_SECRETS_KEY_OLD, or give the secret anew.',
    );
  try {
    const text = sealed.subarray(0, -tagBytes);
    const decipher = createDecipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
    decipher.setAAD(placeBytes(place)).setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    throw new SecretsError(
      'secret_damaged',
      `The secret ${place.name} of channel ${place.channel} is not what was locked: give it anew.`,
    );
  }
};
