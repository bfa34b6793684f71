import type { Context } from '../shop/context.js';
import type { Webhook, WebhookStatus } from '../shop/rows.js';
import { addWebhook } from '../shop/webhooks.js';
import { bodyOf } from './bodies.js';
import { dates } from './dates.js';
import { noRoute, RestError, unknownId } from './errors.js';
import { listOf } from './lists.js';
import { allowed } from './products.js';
import type { Found, Json, RestRequest } from './types.js';

/** What WordPress calls when something of a topic happens. */
const hooksOf: Readonly<Record<string, readonly string[]>> = {
  'product.created': [
    'woocommerce_process_product_meta',
    'woocommerce_new_product',
    'woocommerce_new_product_variation',
  ],
  'product.updated': [
    'woocommerce_process_product_meta',
    'woocommerce_update_product',
    'woocommerce_update_product_variation',
  ],
  'product.deleted': ['wp_trash_post'],
  'product.restored': ['untrashed_post'],
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post', 'woocommerce_trash_order'],
  'order.restored': ['untrashed_post', 'woocommerce_untrash_order'],
};

const partsOf = (topic: string): readonly [resource: string, event: string] => {
  const [resource = '', event = ''] = topic.split('.');
  return [resource, event];
};

const render = ({ id, name, status, topic, deliveryUrl, createdAt, changedAt }: Webhook, base: string): Json => {
  const [resource, event] = partsOf(topic);
  const url = `${base}/wp-json/wc/v3/webhooks`;
  return {
    ...{ id, name, status, topic, resource, event },
    ...{ hooks: resource === 'action' ? [event] : (hooksOf[topic] ?? []), delivery_url: deliveryUrl },
    ...{ ...dates('date_created', createdAt), ...dates('date_modified', changedAt) },
    _links: {
      self: [{ href: `${url}/${id}`, targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] } }],
      collection: [{ href: url }],
    },
  };
};

const refused = (what: string, message: string): RestError =>
  new RestError(`woocommerce_rest_shop_webhook_invalid_${what}`, message, 400);

const isTopic = (topic: unknown): topic is string =>
  typeof topic === 'string' && (topic in hooksOf || topic.startsWith('action.'));

const create = (context: Context, request: RestRequest, base: string): Found => {
  const { name, topic, delivery_url: deliveryUrl } = bodyOf(request);
  if (!isTopic(topic)) throw refused('topic', 'Webhook topic is required and must be valid.');
  if (typeof deliveryUrl !== 'string' || !/^https?:\/\//u.test(deliveryUrl))
    throw refused('delivery_url', 'Webhook delivery URL must be a valid URL starting with http:// or https://.');
  const webhook = addWebhook(context, topic, deliveryUrl, String(name));
  const headers = { location: `${base}/wp-json/wc/v3/webhooks/${webhook.id}` };
  return { status: 201, body: render(webhook, base), allow: allowed.list, headers };
};

const statuses: readonly WebhookStatus[] = ['active', 'paused', 'disabled'];

const update = (context: Context, webhook: Webhook, { status }: Json): Webhook => {
  const wanted = status === undefined ? webhook.status : statuses.find((one) => one === status);
  if (wanted === undefined) throw refused('status', 'Webhook status must be valid.');
  const at = context.now();
  const after = { ...webhook, status: wanted, modifiedAt: at, changedAt: at };
  context.webhooks.set(webhook.id, after);
  return after;
};

/** `/webhooks` and each of them. Nothing is sent by them. @throws RestError */
export const webhooks = (context: Context, request: RestRequest, base: string): Found => {
  const { method, path, query } = request;
  const [, id] = path;
  if (id === undefined && method === 'POST') return create(context, request, base);
  if (id === undefined) {
    const wanted = query.get('status') ?? 'all';
    const rows = [...context.webhooks.values()].filter(({ status }) => wanted === 'all' || status === wanted);
    const url = `${base}/wp-json/wc/v3/webhooks`;
    return listOf(request, rows, { url, allow: allowed.list, render: (one) => render(one, base) });
  }
  const webhook = context.webhooks.get(Number(id));
  if (!/^\d+$/u.test(id) || path.length > 2) throw noRoute();
  if (webhook === undefined) throw unknownId('shop_webhook', method === 'GET' ? 404 : 400);
  const after = method === 'GET' ? webhook : update(context, webhook, bodyOf(request));
  return { status: 200, body: render(after, base), allow: allowed.one };
};
