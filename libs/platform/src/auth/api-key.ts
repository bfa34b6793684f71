import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: beyond guessing, so one round of SHA-256 is enough to store (no password, no salt needed). */
const secretBytes = 32;
/** The id is public: it names the key in lists and logs. */
const idBytes = 8;

/** A key as its owner sees it, once: `sl_<key id>_<secret>`. */
export type NewKey = { readonly keyId: string; readonly token: string; readonly secretHash: Buffer };

const shape = /^sl_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/u;

export const generateKey = (): NewKey => {
  const keyId = randomBytes(idBytes).toString('hex');
  const secret = randomBytes(secretBytes).toString('base64url');
  return { keyId, token: `sl_${keyId}_${secret}`, secretHash: hashOf(secret) };
};

/** The parts of a token, or undefined when it has not the form of one. */
export const parseToken = (token: string): { readonly keyId: string; readonly secret: string } | undefined => {
  const [, keyId, secret] = shape.exec(token) ?? [];
  return keyId === undefined || secret === undefined ? undefined : { keyId, secret };
};

/** What is stored of a secret. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** In constant time: how long it takes tells nothing about where the two differ. */
export const matches = (secret: string, secretHash: Buffer): boolean => timingSafeEqual(hashOf(secret), secretHash);
