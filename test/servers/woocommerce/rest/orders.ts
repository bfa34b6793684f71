import { orderOf, type Context } from '../shop/context.js';
import type { LineEdit } from '../shop/edits.js';
import { createOrder, deleteOrder, trashOrder, updateOrder } from '../shop/orders.js';
import type { Order } from '../shop/rows.js';
import { bodyOf } from './bodies.js';
import { criticalError, noRoute, notOneOf, unknownId, wrongType } from './errors.js';
import { listOf } from './lists.js';
import { allowed } from './products.js';
import { refunds } from './refunds.js';
import { renderOrder } from './render-order.js';
import type { Found, Json, RestRequest } from './types.js';

const statuses = [
  ...[
    'auto-draft',
    'pending',
    'processing',
    'on-hold',
    'completed',
    'cancelled',
    'refunded',
    'failed',
    'checkout-draft',
  ],
] as const;

/** Statuses of orders that the shop offers in its menus. */
export const shownStatuses: readonly string[] = statuses.filter((status) => status !== 'auto-draft');

/** `/orders` and what is under it. @throws RestError */
export const orders = async (context: Context, request: RestRequest, base: string): Promise<Found> => {
  const [, id, below] = request.path;
  if (id === undefined)
    return request.method === 'GET' ? listOrders(context, request, base) : create(context, request, base);
  if (!/^\d+$/u.test(id)) throw noRoute();
  if (below === 'refunds') return refunds(context, request, Number(id), base);
  if (below !== undefined) throw noRoute();
  return oneOrder(context, request, Number(id), base);
};

const oneOrder = async (context: Context, request: RestRequest, id: number, base: string): Promise<Found> => {
  const { method, query } = request;
  const edit = ['POST', 'PUT', 'PATCH'].includes(method) ? editIn(bodyOf(request)) : undefined;
  if (!context.orders.has(id)) throw unknownId('shop_order', edit === undefined ? 404 : 400);
  const before = renderOrder(context, orderOf(context, id), base);
  if (method === 'DELETE' && query.get('force') === 'true') deleteOrder(context, id);
  else if (method === 'DELETE') trashOrder(context, id);
  const body = edit === undefined ? before : renderOrder(context, await updateOrder(context, id, edit), base);
  return { status: 200, body, allow: allowed.one };
};

/** Nobody checks stock; a line without units kills PHP. @throws RestError */
const create = async (context: Context, request: RestRequest, base: string): Promise<Found> => {
  const body = bodyOf(request);
  const { lines = [], ...edit } = editIn(body);
  if (lines.some(({ quantity }) => quantity === 0)) throw criticalError();
  const order = await createOrder(context, {
    ...edit,
    lines,
    paymentMethod: typeof body['payment_method'] === 'string' ? body['payment_method'] : '',
    ...(typeof body['billing'] === 'object' && body['billing'] !== null && { billing: body['billing'] as Json }),
  });
  return {
    ...{ status: 201, body: renderOrder(context, order, base), allow: allowed.list },
    headers: { location: `${base}/wp-json/wc/v3/orders/${order.id}` },
  };
};

const editIn = (body: Json) => ({
  ...('status' in body && { status: statusIn(body['status']) }),
  ...('set_paid' in body && { setPaid: body['set_paid'] === true }),
  ...(Array.isArray(body['line_items']) && { lines: (body['line_items'] as Json[]).map(lineIn) }),
});

const statusIn = (value: unknown): string => {
  const found = statuses.find((one) => one === value);
  if (found === undefined) throw notOneOf('status', statuses);
  return found;
};

const lineIn = (line: Json, index: number): LineEdit => {
  const { id, product_id: product, variation_id: variation, quantity } = line;
  if (quantity !== undefined && !Number.isInteger(quantity)) {
    throw wrongType('line_items', 'integer', `line_items[${index}][quantity]`);
  }
  return {
    ...(id !== undefined && { id: Number(id) }),
    ...(product !== undefined && { product: product === null ? null : Number(product) }),
    ...(variation !== undefined && { variation: Number(variation) }),
    ...(quantity !== undefined && { quantity: Number(quantity) }),
  };
};

/** Orders in the trash are in no list but their own. */
const listOrders = (context: Context, request: RestRequest, base: string): Found => {
  const wanted = request.query.get('status')?.split(',') ?? ['any'];
  const isWanted = ({ status }: Order): boolean =>
    wanted.includes(status) || (wanted.includes('any') && status !== 'trash');
  return listOf(request, [...context.orders.values()].filter(isWanted), {
    url: `${base}/wp-json/wc/v3/orders`,
    allow: allowed.list,
    render: (order) => renderOrder(context, order, base),
  });
};
