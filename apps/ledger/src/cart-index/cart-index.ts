import type { AskedLine } from '../reservations/index.js';

/** A request that named bundles, by its command id, and what they stood for when it came. */
export type ExplodedRequest = { readonly commandId: string; readonly asked: readonly AskedLine[] };

/** What is known of a cart. */
export type KnownCart = {
  /** Every SKU of which it holds something, and maybe others. */
  readonly skus: readonly string[];
  /** The last request that named bundles. */
  readonly exploded?: ExplodedRequest;
  /** Another one after every change. */
  readonly version: number;
};

/** SKUs that a cart is about to be given, and the longest that it may hold them from now on. */
export type CartAddition = {
  readonly skus: readonly string[];
  readonly ttlMillis: number;
  readonly exploded?: ExplodedRequest;
};

/**
 * Which SKUs a cart holds, by its reservation key. A cart has no stream of its own, but PUT sets the whole cart: a SKU that
 * it held and no longer names is given back, by whichever process is asked. What it names is written here before it is
 * tried, so the index may name too many SKUs, which cost a look each, and never too few.
 */
export type CartIndex = {
  readonly find: (reservation: string) => Promise<KnownCart | undefined>;
  /** Adds SKUs and answers all of them. A request that came before keeps what its bundles stood for then. */
  readonly add: (reservation: string, addition: CartAddition) => Promise<KnownCart>;
  /** The cart lives on: its holds are extended. */
  readonly touch: (reservation: string, ttlMillis: number) => Promise<KnownCart | undefined>;
  /** What is left of a cart; none forgets it. Does nothing when somebody has changed it since `version`. */
  readonly keep: (reservation: string, skus: readonly string[], version: number) => Promise<void>;
};
