import type { Scope } from './scopes.js';

/** An API key as it is stored. A connection may have several: two for a rotation, up to `keysPerConnectionMax`. */
export type KeyRecord = {
  readonly keyId: string;
  readonly connection: string;
  readonly scopes: readonly Scope[];
  readonly secretHash: Buffer;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
};

/** Active keys of one connection: two rotate without a gap, the rest is for several machines of one system. */
export const keysPerConnectionMax = 5;

/** Who asks: the connection, never taken from a body. */
export type Principal = { readonly connection: string; readonly keyId: string; readonly scopes: ReadonlySet<Scope> };

/** Where keys are kept. */
export type KeyStore = {
  readonly all: () => Promise<readonly KeyRecord[]>;
  /** Stores the key unless its connection has `keysPerConnectionMax` active ones. */
  readonly insert: (key: KeyRecord, now: string) => Promise<'stored' | 'too_many_keys'>;
  /** True when there was an active key of that id. */
  readonly revoke: (keyId: string, now: string) => Promise<boolean>;
};
