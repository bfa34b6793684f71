import { type Client } from './client.js';
import { failed, ok, type Outcome } from './failure.js';
import { rowsInDocument } from './resource.js';
import { orderHistories, type OrderHistory } from './resources/order-histories.js';
import { malformedAnswer } from './xml.js';

/** An order, and the state that it shall enter. */
export type StateChange = { readonly orderId: number; readonly stateId: number };

/** Ids are numbers: nothing of it needs an escape. */
const bodyOf = ({ orderId, stateId }: StateChange): string =>
  `<?xml version="1.0" encoding="UTF-8"?><prestashop><order_history><id_order>${orderId}</id_order><id_order_state>${stateId}</id_order_state></order_history></prestashop>`;

const confirmed = ({ orderId, stateId }: StateChange, [row]: readonly OrderHistory[]): Outcome<OrderHistory> =>
  row?.orderId === orderId && row.stateId === stateId
    ? ok(row)
    : malformedAnswer(`it does not confirm state ${stateId} of order ${orderId}`);

/**
 * Takes an order to a state, with all that the shop then does, and without its mail to the customer. The shop changes to a
 * state that the order has already like to any other, and fails with an empty page where order or state do not exist: both
 * are looked at before. A failure with `applied` unknown may have changed it.
 */
export const enterState = async (
  client: Client,
  change: StateChange,
  signal?: AbortSignal,
): Promise<Outcome<OrderHistory>> => {
  const answer = await client.send({ method: 'POST', resource: orderHistories.path, body: bodyOf(change) }, signal);
  if (answer.kind === 'failed') return answer;
  const rows = rowsInDocument(orderHistories, answer.value.document);
  return rows.kind === 'failed' ? failed(rows.failure) : confirmed(change, rows.value);
};
