import type { CartAddition, CartIndex, KnownCart } from './cart-index.js';

/** Carts that are remembered: about 100 MB. The holds of a forgotten one end by their expiry. */
export const cartsMax = 400_000;

/** An index of one process alone, which ends with it. */
export const createMemoryCartIndex = (known: Iterable<readonly [string, readonly string[]]> = []): CartIndex => {
  const carts = new Map<string, KnownCart>(
    [...known].map(([reservation, skus]) => [reservation, { skus, version: 0 }]),
  );
  let versions = 0;
  const put = (reservation: string, cart: Omit<KnownCart, 'version'>): KnownCart => {
    const kept = { ...cart, version: ++versions };
    carts.delete(reservation);
    carts.set(reservation, kept);
    const [oldest] = carts.keys();
    if (carts.size > cartsMax && oldest !== undefined) carts.delete(oldest);
    return kept;
  };
  return {
    find: (reservation) => Promise.resolve(carts.get(reservation)),
    add: (reservation, addition) => Promise.resolve(put(reservation, added(carts.get(reservation), addition))),
    touch: (reservation) => {
      const cart = carts.get(reservation);
      return Promise.resolve(cart && put(reservation, cart));
    },
    keep: (reservation, skus, version) => {
      const cart = carts.get(reservation);
      if (cart?.version !== version) return Promise.resolve();
      if (skus.length === 0) carts.delete(reservation);
      else put(reservation, { ...cart, skus });
      return Promise.resolve();
    },
  };
};

const added = (cart: KnownCart | undefined, { skus, exploded }: CartAddition): Omit<KnownCart, 'version'> => {
  const before = cart?.exploded;
  const isKept = exploded === undefined || before?.commandId === exploded.commandId;
  const kept = isKept ? before : exploded;
  return { skus: [...new Set([...(cart?.skus ?? []), ...skus])], ...(kept && { exploded: kept }) };
};
