import { type ChannelPort, orderBy } from '#channel-kit';
import { type OrderView } from '../effects/index.js';
import { type OrderReading, readOrder } from '../reading/index.js';
import { isId } from './ids.js';
import { orderShopOf, type PrestashopOrder } from './order.js';
import { type ShopSettings } from './settings.js';
import { isOfChannel, type PortContext } from './shop.js';
import { answered, foundOf, troubledBy } from './trouble.js';

const knowsStates =
  ({ stateId, history }: OrderView) =>
  ({ view }: ShopSettings): boolean =>
    [stateId, ...history.map((row) => row.stateId)].every((id) => id === 0 || view.states.has(id));

/** An order whole, with the settings it is read under; undefined as well for one of a shop that is not the channel's. */
export const orderOf = (context: PortContext): ChannelPort<PrestashopOrder>['order'] =>
  orderBy<OrderReading, PrestashopOrder>({
    isId,
    look: async (id, signal) => foundOf(await readOrder(context.client, Number(id), signal)),
    whole: async ({ order, view }, signal) => {
      const known = await context.settings(signal, knowsStates(view));
      if (known.kind === 'failed') return troubledBy(known.failure);
      if (!isOfChannel(known.value, context.shopId, order.shopId)) return answered(undefined);
      return answered({ order, view, shop: orderShopOf(known.value, view), readAtMillis: context.now() });
    },
  });
