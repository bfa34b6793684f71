import { type ChannelPort, isWanted, type StateOverrides } from '#channel-kit';
import { readChanges, readStatuses } from '../rest/index.js';
import { type PortContext } from './context.js';
import { meaningOf } from './description/status-meaning.js';
import { type WooCommerceOrder } from './order.js';
import { answered, troubledBy } from './trouble.js';

/** Orders in statuses that are pending or paid, and in which nothing has left; one that nobody has mapped is pending. */
export const openOrdersOf =
  ({ client }: PortContext, overrides: StateOverrides): ChannelPort<WooCommerceOrder>['openOrders'] =>
  async (signal) => {
    const statuses = await readStatuses(client, signal);
    if (statuses.kind === 'failed') return troubledBy(statuses.failure);
    const open = statuses.value.filter((status) => {
      const { payment, issued } = meaningOf({ status }, overrides);
      return isWanted(payment) && !issued;
    });
    const found = await readChanges(client, open.join(','), 0, signal);
    return found.kind === 'failed' ? troubledBy(found.failure) : answered(found.value.map(({ id }) => id));
  };
