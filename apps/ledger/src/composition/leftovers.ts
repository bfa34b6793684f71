import { reservationKeyOf } from '#stock';
import type { OrderDeskDeps } from '../orders/index.js';
import { releaseCart, type CartDeskDeps } from '../reservations/index.js';
import type { CartMemory } from './cart-memory.js';
import type { PolicyFeed } from './policy-feed.js';

/**
 * An order has come of a cart: what the cart holds of SKUs that the order does not contain is given back. Where one cart
 * may become several orders it is left for the next one, and ends by its expiry.
 */
export const releasingLeftovers =
  <State>(
    desk: CartDeskDeps<State>,
    memory: CartMemory,
    policies: PolicyFeed,
    onTrouble: (what: string, error: unknown) => void = () => undefined,
  ): NonNullable<OrderDeskDeps<State>['onConsumed']> =>
  ({ channel, cart, skus }, caller) => {
    const policy = policies.book().channels.get(channel);
    if (!policy || policy.splitCarts) return;
    const reservation = reservationKeyOf(channel, cart);
    const left = memory.skusOf(reservation).filter((sku) => !skus.includes(sku));
    memory.remember(reservation, []);
    if (left.length === 0) return;
    const own = { ...caller, commandId: `${caller.commandId}/leftovers` };
    releaseCart(desk, { connection: policy.connection, channel, cart, skus: left }, own).catch((error: unknown) =>
      onTrouble('release of a cart after its order', error),
    );
  };
