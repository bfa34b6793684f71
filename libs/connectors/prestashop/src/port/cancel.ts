import { type Answer, cancelBy, type ChannelPort, withFound } from '#channel-kit';
import { enterState, type Failure, type Order, orders, readOne } from '../webservice/index.js';
import { isId } from './ids.js';
import { type PrestashopOrder } from './order.js';
import { isOfChannel, type PortContext } from './shop.js';
import { answered, foundOf, troubled, troubledBy, troubleOf } from './trouble.js';

/** It was one row that the shop refused: nothing was entered before it. */
const certain = (failure: Failure): Failure =>
  failure.kind === 'refused' || failure.kind === 'not_found' ? { ...failure, applied: 'no' } : failure;

type Found = { readonly order: Order; readonly cancelledStateId: number };

const look = async (
  { client, settings, shopId }: PortContext,
  id: number,
  signal: AbortSignal,
): Promise<Answer<Found | undefined>> =>
  withFound(foundOf(await readOne(client, orders, id, signal)), async (order) => {
    const known = await settings(signal);
    if (known.kind === 'failed') return troubledBy(known.failure);
    const isOurs = isOfChannel(known.value, shopId, order.shopId);
    return answered(isOurs ? { order, cancelledStateId: known.value.view.cancelledStateId } : undefined);
  });

/**
 * Takes an order to the state that the shop has configured as cancelled. The order is looked at first: the shop fails with an
 * empty page for one that it does not have, and enters a state twice that is entered twice.
 *
 * @param ownStateId the channel's state for it, where it is not the shop's
 */
export const cancelOf = (
  context: PortContext,
  ownStateId: number | undefined,
): ChannelPort<PrestashopOrder>['cancel'] =>
  cancelBy<Found>({
    isId,
    look: (id, signal) => look(context, Number(id), signal),
    isCancelled: ({ order, cancelledStateId }) => order.stateId === (ownStateId ?? cancelledStateId),
    enter: async ({ order, cancelledStateId }, _, signal) => {
      const change = { orderId: order.id, stateId: ownStateId ?? cancelledStateId };
      const entered = await enterState(context.client, change, signal);
      return entered.kind === 'ok' ? answered(undefined) : troubled(troubleOf(certain(entered.failure)));
    },
  });
