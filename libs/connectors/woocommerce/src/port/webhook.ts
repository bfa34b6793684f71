import { headerOf, type Hint, verifyMessagesBy } from '#channel-kit';
import { keyOf } from '../effects/views.js';
import { isId } from './context.js';

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

/** Reads a message of the module in the shop, or of one of the shop's webhooks. */
export const verifyWebhookWith = verifyMessagesBy({
  ...{ signature: 'x-wc-webhook-signature', rowOf: keyOf },
  hintsIn: (said, headers) => (headerOf(headers, 'x-wc-webhook-topic').startsWith('order.') ? hintsIn(said) : []),
});
