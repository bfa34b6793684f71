import type { AskedLine } from '../reservations/index.js';

/** Carts whose SKUs are remembered: about 100 MB. The holds of a forgotten one end by their expiry. */
export const cartsMax = 400_000;

/** A request that named bundles, by its command id, and what they stood for when it came. */
export type ExplodedRequest = { readonly commandId: string; readonly asked: readonly AskedLine[] };

/**
 * Which SKUs a cart holds, by its reservation key. A cart has no stream of its own, but PUT sets the whole cart: a SKU
 * that it held and no longer names is given back.
 */
export type CartMemory = {
  readonly skusOf: (reservation: string) => readonly string[];
  /** `exploded` stays until the cart is forgotten or another one takes its place. */
  readonly remember: (reservation: string, skus: readonly string[], exploded?: ExplodedRequest) => void;
  /** What the bundles of this very request stood for, when it came before. */
  readonly explodedBy: (reservation: string, commandId: string) => readonly AskedLine[] | undefined;
};

type Remembered = { readonly skus: readonly string[]; readonly exploded?: ExplodedRequest };

export const createCartMemory = (known: Iterable<readonly [string, readonly string[]]> = []): CartMemory => {
  const carts = new Map<string, Remembered>([...known].map(([reservation, skus]) => [reservation, { skus }]));
  return {
    skusOf: (reservation) => carts.get(reservation)?.skus ?? [],
    explodedBy: (reservation, commandId) => {
      const exploded = carts.get(reservation)?.exploded;
      return exploded?.commandId === commandId ? exploded.asked : undefined;
    },
    remember: (reservation, skus, exploded = carts.get(reservation)?.exploded) => {
      carts.delete(reservation);
      if (skus.length > 0) carts.set(reservation, { skus, ...(exploded && { exploded }) });
      if (carts.size <= cartsMax) return;
      const [oldest] = carts.keys();
      if (oldest !== undefined) carts.delete(oldest);
    },
  };
};
