import { type ChannelPort } from '#channel-kit';
import { type OrderView } from '../effects/index.js';
import { readOrder } from '../reading/index.js';
import { isGone, isId } from './ids.js';
import { orderShopOf, type PrestashopOrder } from './order.js';
import { type ShopSettings } from './settings.js';
import { isOfChannel, type PortContext } from './shop.js';
import { answered, troubledBy } from './trouble.js';

const knowsStates =
  ({ stateId, history }: OrderView) =>
  ({ view }: ShopSettings): boolean =>
    [stateId, ...history.map((row) => row.stateId)].every((id) => id === 0 || view.states.has(id));

/** An order whole, with the settings it is read under; undefined as well for one of a shop that is not the channel's. */
export const orderOf =
  ({ client, settings, shopId, now }: PortContext): ChannelPort<PrestashopOrder>['order'] =>
  async (id, signal) => {
    if (!isId(id)) return answered(undefined);
    const read = await readOrder(client, Number(id), signal);
    if (read.kind === 'failed') return isGone(read.failure) ? answered(undefined) : troubledBy(read.failure);
    const { order, view } = read.value;
    const known = await settings(signal, knowsStates(view));
    if (known.kind === 'failed') return troubledBy(known.failure);
    if (!isOfChannel(known.value, shopId, order.shopId)) return answered(undefined);
    return answered({ order, view, shop: orderShopOf(known.value, view), readAtMillis: now() });
  };
