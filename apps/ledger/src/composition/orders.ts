import type { Clock, KeyIndex, Lanes, Revision } from '#event-sourcing';
import {
  orderStream,
  type BaselineLine,
  type OrderCommand,
  type OrderRefusal,
  type OrderState,
  type Snapshot,
} from '#orders';
import type { StockCommand, StockRefusal, StockState } from '#stock';
import { standingsOf, type InTurn, type OrderAnswer, type OrderDesk, type TargetStanding } from '../orders/index.js';
import { callerFrom, type Asker } from './asker.js';

export type OrderPlace = { readonly channel: string; readonly orderKey: string };

/** Orders as their channels have them. */
export type Orders = {
  /** Takes in a whole versioned snapshot; the answer follows its own append and says where each line stands. */
  readonly record: (asker: Asker, place: OrderPlace, snapshot: Snapshot, inTurn?: InTurn) => Promise<OrderAnswer>;
  /** What of an order's lines the opening figures know already, before anything of it is posted; once for each order. */
  readonly baseline: (asker: Asker, place: OrderPlace, lines: readonly BaselineLine[]) => Promise<OrderAnswer>;
  /** The order as its stream tells it, and how each of its targets stands on its SKU; undefined: never seen. */
  readonly find: (place: OrderPlace) => Promise<FoundOrder | undefined>;
};
export type FoundOrder = {
  readonly revision: Revision;
  readonly state: OrderState;
  readonly standings: readonly TargetStanding[];
};

type Parts = {
  readonly clock: Clock;
  readonly desk: OrderDesk;
  readonly lanes: {
    readonly orders: Lanes<OrderState, OrderCommand, OrderRefusal>;
    readonly stock: Lanes<StockState, StockCommand, StockRefusal>;
  };
  readonly keyIndex: KeyIndex;
  readonly stockStream: (sku: string) => string;
};

export const createOrders = ({ clock, desk, lanes, ...reading }: Parts): Orders => ({
  record: (asker, place, snapshot, inTurn) =>
    desk.record({ ...place, snapshot, connection: asker.connection }, callerFrom(asker, clock), inTurn),
  baseline: (asker, place, lines) =>
    desk.baseline({ ...place, lines, connection: asker.connection }, callerFrom(asker, clock)),
  find: async ({ channel, orderKey }) => {
    const [found] = await lanes.orders.load([orderStream(channel, orderKey)]);
    if (!found?.state.recorded) return undefined;
    const targets = found.state.told?.targets ?? [];
    return {
      ...found,
      standings: await standingsOf({ ...reading, stock: lanes.stock }, { channel, orderKey }, targets),
    };
  },
});
