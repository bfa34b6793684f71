import { type ChannelPort, type Hint } from '#channel-kit';
import { headerOf, isSameSignature, messageIn, moduleHintsWith, signatureOf } from '#shop-http';
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
 * Reads a message of a webhook, signed with the base64 of HMAC-SHA256 over the body as it came. Nothing in it is dated: the
 * same again causes one more reading and nothing else. The ping with which a webhook begins is not signed. Without a secret
 * nothing is believed.
 */
const webhookHintsWith =
  (secret: string): ChannelPort<WooCommerceOrder>['verifyWebhook'] =>
  (body, headers) => {
    const signature = signatureOf(secret, 'base64', body);
    if (!isSameSignature(signature, headerOf(headers, 'x-wc-webhook-signature'))) return undefined;
    return headerOf(headers, 'x-wc-webhook-topic').startsWith('order.') ? hintsIn(messageIn(body)) : [];
  };

/** Messages of the shop's own webhooks, and of the ledger's module in it: both are signed with the one secret, each in its way. */
export const verifyWebhookWith =
  (secret: string | undefined): ChannelPort<WooCommerceOrder>['verifyWebhook'] =>
  (body, headers, nowMillis) => {
    if (secret === undefined || secret === '') return undefined;
    const isOfModule = headerOf(headers, 'x-ledger-signature') !== '';
    return (isOfModule ? moduleHintsWith : webhookHintsWith)(secret)(body, headers, nowMillis);
  };
