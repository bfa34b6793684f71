import { type ChannelPort, isUnsent, type StateOverrides } from '#channel-kit';
import { readAllRows } from '../reading/index.js';
import { anyOf, orders } from '../webservice/index.js';
import { meaningOf } from './description/state-meaning.js';
import { type PrestashopOrder } from './order.js';
import { meaningsIn, type ShopSettings } from './settings.js';
import { isOfChannel, type PortContext } from './shop.js';
import { answered, troubledBy } from './trouble.js';

/** A shop that sends nothing by its states may have all orders that it ever had in one of these. */
const openOrdersMax = 100_000;

const openStates = (settings: ShopSettings, overrides: StateOverrides): readonly number[] => {
  const meanings = meaningsIn(settings, [...settings.flags.keys()]);
  return [...meanings.keys()].filter((id) => isUnsent(meaningOf(id, meanings, overrides)));
};

/** Orders of the channel in states that are pending or paid, and in which nothing has left. */
export const openOrdersOf =
  ({ client, settings, shopId }: PortContext, overrides: StateOverrides): ChannelPort<PrestashopOrder>['openOrders'] =>
  async (signal) => {
    const known = await settings(signal);
    if (known.kind === 'failed') return troubledBy(known.failure);
    const filters = [anyOf('current_state', openStates(known.value, overrides))];
    const open = await readAllRows(client, orders, { filters }, signal, openOrdersMax);
    if (open.kind === 'failed') return troubledBy(open.failure);
    return answered(
      open.value.filter((one) => isOfChannel(known.value, shopId, one.shopId)).map(({ id }) => String(id)),
    );
  };
