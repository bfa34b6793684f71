import {
  type ChannelPort,
  headerOf,
  type Hint,
  isOfModule,
  isSame,
  saidIn,
  signatureOf,
  verifyModuleMessageWith,
} from '#channel-kit';
import { keyOf } from '../effects/index.js';
import { isId } from './ids.js';
import { type WooCommerceOrder } from './order.js';

/** An order that was gone when its message was made is told as an error, without an id; a cart is no order yet. */
const hintsIn = (value: unknown): readonly Hint[] => {
  if (typeof value !== 'object' || value === null || !('id' in value)) return [];
  if ('status' in value && value.status === 'checkout-draft') return [];
  const order = String(value.id);
  return isId(order) ? [{ order }] : [];
};

/**
 * The ping with which a webhook begins: a form that names the webhook and nothing else, unsigned. Where it is not answered with
 * 200 the shop calls the webhook's address wrong.
 */
export const isPing = (body: Uint8Array): boolean =>
  body.length <= 40 && /^webhook_id=\d+$/u.test(Buffer.from(body).toString('latin1'));

/**
 * Reads a message of the module in the shop, or of one of the shop's webhooks, which is signed with the base64 of HMAC-SHA256
 * over the body as it came. Nothing in it is dated: the same again causes one more reading and nothing else. Without a secret
 * nothing is believed.
 */
export const verifyWebhookWith =
  (secret: string | undefined): ChannelPort<WooCommerceOrder>['verifyWebhook'] =>
  (body, headers, nowMillis) => {
    if (isOfModule(headers)) return verifyModuleMessageWith(secret, keyOf)(body, headers, nowMillis);
    if (secret === undefined || secret === '') return undefined;
    const signature = headerOf(headers, 'x-wc-webhook-signature');
    if (!isSame(signatureOf(secret, 'base64', body), signature)) return undefined;
    return headerOf(headers, 'x-wc-webhook-topic').startsWith('order.') ? hintsIn(saidIn(body)) : [];
  };
