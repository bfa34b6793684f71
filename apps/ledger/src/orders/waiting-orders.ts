import { listingStream } from '#policies';
import type { ListedProduct } from '#orders';

export type OrderName = { readonly channel: string; readonly orderKey: string };

/** Which orders wait for which listings. */
export type WaitingOrders = {
  /** The order now waits for the listings of these products and for no others. */
  readonly set: (order: OrderName, products: readonly ListedProduct[]) => Promise<void>;
  /** The orders that wait for a listing (its stream). */
  readonly waitingFor: (listing: string) => Promise<readonly OrderName[]>;
};

/** In memory: whoever keeps it like this reads the order streams from the beginning at each start. */
export const createWaitingOrders = (): WaitingOrders => {
  const listingsOf = new Map<string, readonly string[]>();
  const ordersOf = new Map<string, Map<string, OrderName>>();
  const keyOf = ({ channel, orderKey }: OrderName): string => `${channel}-${orderKey}`;
  const forget = (key: string, listing: string): void => {
    const orders = ordersOf.get(listing);
    orders?.delete(key);
    if (orders?.size === 0) ordersOf.delete(listing);
  };
  const remember = (order: OrderName, listing: string): void => {
    const orders = ordersOf.get(listing) ?? new Map<string, OrderName>();
    ordersOf.set(listing, orders.set(keyOf(order), order));
  };
  return {
    set: (order, products) => {
      const key = keyOf(order);
      for (const listing of listingsOf.get(key) ?? []) forget(key, listing);
      const listings = products.map((ids) => listingStream(order.channel, ids));
      for (const listing of listings) remember(order, listing);
      if (listings.length === 0) listingsOf.delete(key);
      else listingsOf.set(key, listings);
      return Promise.resolve();
    },
    waitingFor: (listing) => Promise.resolve([...(ordersOf.get(listing)?.values() ?? [])]),
  };
};
