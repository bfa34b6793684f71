import { type Answer, type ChannelPort, type Trouble } from '#channel-kit';
import { enterState, type Failure, orders, readOne } from '../webservice/index.js';
import { isGone, isId } from './ids.js';
import { type PrestashopOrder } from './order.js';
import { isOfChannel, type PortContext } from './shop.js';
import { answered, troubled, troubledBy, troubleOf } from './trouble.js';

const missing: Trouble = {
  kind: 'refused',
  code: 'order_missing',
  detail: "The shop has no such order any more, or it is of a shop that is not the channel's.",
};

/** It was one row that the shop refused: nothing was entered before it. */
const certain = (failure: Failure): Failure =>
  failure.kind === 'refused' || failure.kind === 'not_found' ? { ...failure, applied: 'no' } : failure;

/**
 * Takes an order to the state that the shop has configured as cancelled. The order is looked at first: the shop fails with an
 * empty page for one that it does not have, and enters a state twice that is entered twice.
 *
 * @param ownStateId the channel's state for it, where it is not the shop's
 */
export const cancelOf =
  ({ client, settings, shopId }: PortContext, ownStateId: number | undefined): ChannelPort<PrestashopOrder>['cancel'] =>
  async (id, signal): Promise<Answer<undefined>> => {
    if (!isId(id)) return troubled(missing);
    const order = await readOne(client, orders, Number(id), signal);
    if (order.kind === 'failed') return isGone(order.failure) ? troubled(missing) : troubledBy(order.failure);
    const known = await settings(signal);
    if (known.kind === 'failed') return troubledBy(known.failure);
    if (!isOfChannel(known.value, shopId, order.value.shopId)) return troubled(missing);
    const stateId = ownStateId ?? known.value.view.cancelledStateId;
    if (order.value.stateId === stateId) return answered(undefined);
    const entered = await enterState(client, { orderId: order.value.id, stateId }, signal);
    return entered.kind === 'ok' ? answered(undefined) : troubled(troubleOf(certain(entered.failure)));
  };
