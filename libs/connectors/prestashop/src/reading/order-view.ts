import { type OrderView } from '../effects/index.js';
import {
  anyOf,
  type Client,
  type ListRequest,
  type Order,
  type OrderDetail,
  orderDetails,
  orderHistories,
  type OrderHistory,
  orders,
  type OrderSlipRow,
  orderSlips,
  type Outcome,
  readOne,
} from '../webservice/index.js';
import { readAllRows } from './all-rows.js';

/** What belongs to an order: the view for the model, with all that was read of its rows. */
export type WholeOrderView = Omit<OrderView, 'lines' | 'slips'> & {
  readonly lines: readonly OrderDetail[];
  readonly slips: readonly OrderSlipRow[];
};

/** An order with what belongs to it. */
export type OrderReading = { readonly order: Order; readonly view: WholeOrderView };

type States = { readonly order: Order; readonly history: readonly OrderHistory[] };

/**
 * The history first and the order after it, because the shop writes them the other way round: what the order shows beyond
 * its history is then a change that has no row yet. Most of these have one a moment later, so the history is asked once more.
 */
const readStates = async (
  client: Client,
  orderId: number,
  ofOrder: ListRequest,
  signal?: AbortSignal,
): Promise<Outcome<States>> => {
  const history = await readAllRows(client, orderHistories, ofOrder, signal);
  if (history.kind === 'failed') return history;
  const order = await readOne(client, orders, orderId, signal);
  if (order.kind === 'failed') return order;
  if (history.value.at(-1)?.stateId === order.value.stateId) {
    return { kind: 'ok', value: { order: order.value, history: history.value } };
  }
  const again = await readAllRows(client, orderHistories, ofOrder, signal);
  return again.kind === 'failed' ? again : { kind: 'ok', value: { order: order.value, history: again.value } };
};

/** One order whole. `not_found` when the shop has none of this id, which an order that was deleted looks like as well. */
export const readOrder = async (
  client: Client,
  orderId: number,
  signal?: AbortSignal,
): Promise<Outcome<OrderReading>> => {
  const ofOrder = { filters: [anyOf('id_order', [orderId])] };
  const states = await readStates(client, orderId, ofOrder, signal);
  if (states.kind === 'failed') return states;
  const lines = await readAllRows(client, orderDetails, ofOrder, signal);
  if (lines.kind === 'failed') return lines;
  const slips = await readAllRows(client, orderSlips, ofOrder, signal);
  if (slips.kind === 'failed') return slips;
  const { order, history } = states.value;
  const view = { shopId: order.shopId, stateId: order.stateId, history, lines: lines.value, slips: slips.value };
  return { kind: 'ok', value: { order, view } };
};
