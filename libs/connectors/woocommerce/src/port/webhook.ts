import { createHmac, timingSafeEqual } from 'node:crypto';
import { type ChannelPort, type Hint, isOfModule, verifyModuleMessageWith } from '#channel-kit';
import { isId } from './ids.js';
import { type WooCommerceOrder } from './order.js';

type Headers = Readonly<Record<string, string | undefined>>;

const headerOf = (headers: Headers, name: string): string =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';

const isSigned = (secret: string, body: Uint8Array, signature: string): boolean => {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** An order that was gone when its message was made is told as an error, without an id; a cart is no order yet. */
const hintsIn = (value: unknown): readonly Hint[] => {
  if (typeof value !== 'object' || value === null || !('id' in value)) return [];
  if ('status' in value && value.status === 'checkout-draft') return [];
  const order = String(value.id);
  return isId(order) ? [{ order }] : [];
};

/**
 * Reads a message of the module in the shop, or of one of the shop's webhooks, which is signed with the base64 of HMAC-SHA256 over the body as it came. Nothing in it is dated: the
 * same again causes one more reading and nothing else. The ping with which a webhook begins is not signed. Without a secret
 * nothing is believed.
 */
export const verifyWebhookWith =
  (secret: string | undefined): ChannelPort<WooCommerceOrder>['verifyWebhook'] =>
  (body, headers, nowMillis) => {
    if (isOfModule(headers)) return verifyModuleMessageWith(secret)(body, headers, nowMillis);
    if (secret === undefined || secret === '') return undefined;
    if (!isSigned(secret, body, headerOf(headers, 'x-wc-webhook-signature'))) return undefined;
    return headerOf(headers, 'x-wc-webhook-topic').startsWith('order.') ? hintsIn(parsed(body)) : [];
  };
