import { reservationKeyOf } from '#stock';
import type { OrderDeskDeps } from '../orders/index.js';
import type { Caller } from '../caller.js';
import { releaseCart, type CartDeskDeps, type CartName } from '../reservations/index.js';
import type { CartIndex } from '../cart-index/index.js';
import type { PolicyFeed } from './policy-feed.js';

/**
 * An order has come of a cart: what the cart holds of SKUs that the order does not contain is given back. Where one cart
 * may become several orders it is left for the next one, and ends by its expiry.
 */
export const releasingLeftovers =
  <State>(
    desk: CartDeskDeps<State>,
    index: CartIndex,
    policies: PolicyFeed,
    onTrouble: (what: string, error: unknown) => void = () => undefined,
  ): NonNullable<OrderDeskDeps<State>['onConsumed']> =>
  ({ channel, cart, skus }, caller) => {
    const policy = policies.book().channels.get(channel);
    if (!policy || policy.splitCarts) return;
    const place = { connection: policy.connection, channel, cart };
    const own = { ...caller, commandId: `${caller.commandId}/leftovers` };
    releaseLeft(desk, index, place, new Set(skus), own).catch((error: unknown) =>
      onTrouble('release of a cart after its order', error),
    );
  };

const releaseLeft = async <State>(
  desk: CartDeskDeps<State>,
  index: CartIndex,
  place: CartName,
  ordered: ReadonlySet<string>,
  caller: Caller,
): Promise<void> => {
  const reservation = reservationKeyOf(place.channel, place.cart);
  const known = await index.find(reservation);
  if (known === undefined) return;
  const left = known.skus.filter((sku) => !ordered.has(sku));
  const { lines } = left.length === 0 ? { lines: [] } : await releaseCart(desk, { ...place, skus: left }, caller);
  const kept = lines.filter(({ failure }) => failure !== undefined).map(({ sku }) => sku);
  await index.keep(reservation, kept, known.version);
};
