import type { Clock, Lanes, Revision } from '#event-sourcing';
import { orderStream, type OrderCommand, type OrderRefusal, type OrderState, type Snapshot } from '#orders';
import type { InTurn, OrderAnswer, OrderDesk } from '../orders/index.js';
import { callerFrom, type Asker } from './asker.js';

export type OrderPlace = { readonly channel: string; readonly orderKey: string };

/** Orders as their channels have them. */
export type Orders = {
  /** Takes in a whole versioned snapshot; the answer follows its own append and says where each line stands. */
  readonly record: (asker: Asker, place: OrderPlace, snapshot: Snapshot, inTurn?: InTurn) => Promise<OrderAnswer>;
  /** The order as its stream tells it; undefined: never seen. */
  readonly find: (
    place: OrderPlace,
  ) => Promise<{ readonly revision: Revision; readonly state: OrderState } | undefined>;
};

type Parts = {
  readonly clock: Clock;
  readonly desk: OrderDesk;
  readonly lanes: { readonly orders: Lanes<OrderState, OrderCommand, OrderRefusal> };
};

export const createOrders = ({ clock, desk, lanes }: Parts): Orders => ({
  record: (asker, place, snapshot, inTurn) =>
    desk.record({ ...place, snapshot, connection: asker.connection }, callerFrom(asker, clock), inTurn),
  find: async ({ channel, orderKey }) => {
    const [found] = await lanes.orders.load([orderStream(channel, orderKey)]);
    return found?.state.recorded ? found : undefined;
  },
});
