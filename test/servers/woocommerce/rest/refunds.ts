import { orderOf, type Context } from '../shop/context.js';
import { deleteRefund, refund } from '../shop/refunds.js';
import { bodyOf } from './bodies.js';
import { unknownId } from './errors.js';
import { renderRefund } from './render-order.js';
import type { Found, Json, RestRequest } from './types.js';

const allowList = 'GET, POST';
const allowOne = 'GET, DELETE';

/** `/orders/{id}/refunds` and what is under it. @throws RestError */
export const refunds = async (context: Context, request: RestRequest, id: number, base: string): Promise<Found> => {
  if (!context.orders.has(id)) throw unknownId('shop_order', 404);
  const [, , , refundId] = request.path;
  if (refundId !== undefined) return oneRefund(context, request, id, Number(refundId), base);
  if (request.method !== 'GET') return create(context, request, id, base);
  const order = orderOf(context, id);
  return { status: 200, body: order.refunds.map((one) => renderRefund(context, order, one, base)), allow: allowList };
};

const oneRefund = (context: Context, { method }: RestRequest, id: number, refundId: number, base: string): Found => {
  const order = orderOf(context, id);
  const found = order.refunds.find((one) => one.id === refundId);
  if (found === undefined) throw unknownId('shop_order_refund', 404);
  const body = renderRefund(context, order, found, base);
  if (method === 'DELETE') deleteRefund(context, id, refundId);
  return { status: 200, body, allow: allowOne };
};

/** Units go back into stock unless the request says that they do not. */
const create = async (context: Context, request: RestRequest, id: number, base: string): Promise<Found> => {
  const body = bodyOf(request);
  const items = Array.isArray(body['line_items']) ? (body['line_items'] as Json[]) : [];
  const made = await refund(context, id, {
    amount: Number(body['amount']),
    restock: body['api_restock'] !== false,
    lines: items.map(({ id: line, quantity, refund_total: total }) => ({
      ...{ line: Number(line), quantity: Number(quantity ?? 0), total: Number(total ?? 0) },
    })),
  });
  return {
    ...{ status: 201, body: renderRefund(context, orderOf(context, id), made, base), allow: allowList },
    // As the shop writes it.
    headers: { location: `${base}/wp-json/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/${made.id}` },
  };
};
