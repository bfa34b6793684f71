/** Carts whose SKUs are remembered: about 100 MB. The holds of a forgotten one end by their expiry. */
export const cartsMax = 400_000;

/**
 * Which SKUs a cart holds, by its reservation key. A cart has no stream of its own, but PUT sets the whole cart: a SKU
 * that it held and no longer names is given back.
 */
export type CartMemory = {
  readonly skusOf: (reservation: string) => readonly string[];
  readonly remember: (reservation: string, skus: readonly string[]) => void;
};

export const createCartMemory = (known: Iterable<readonly [string, readonly string[]]> = []): CartMemory => {
  const carts = new Map<string, readonly string[]>(known);
  return {
    skusOf: (reservation) => carts.get(reservation) ?? [],
    remember: (reservation, skus) => {
      carts.delete(reservation);
      if (skus.length > 0) carts.set(reservation, skus);
      if (carts.size <= cartsMax) return;
      const [oldest] = carts.keys();
      if (oldest !== undefined) carts.delete(oldest);
    },
  };
};
