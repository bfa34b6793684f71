import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isPing, verifyWebhookWith } from './webhook.js';

const secret = 'hook-secret';
const verify = verifyWebhookWith(secret);

const heard = (body: string, { topic = 'order.updated', key = secret, sign = body } = {}) =>
  verify(
    Buffer.from(body),
    {
      'X-WC-Webhook-Topic': topic,
      'x-wc-webhook-signature': createHmac('sha256', key).update(sign).digest('base64'),
    },
    0,
  );

describe('a message of a webhook', () => {
  it('names the order that may have changed', () => {
    expect(heard('{"id":487,"status":"processing"}')).toEqual([{ order: '487' }]);
    expect(heard('{"id":487}', { topic: 'order.deleted' })).toEqual([{ order: '487' }]);
  });

  it.each([
    ['an order that was gone by then', '{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID."}', {}],
    ['a cart that is no order yet', '{"id":487,"status":"checkout-draft"}', {}],
    ['a product', '{"id":12,"stock_quantity":3}', { topic: 'product.updated' }],
    ['an act without an argument', '{"action":"x","arg":{}}', { topic: 'action.woocommerce_product_set_stock' }],
    ['an id that is none', '{"id":"1 OR 1"}', {}],
    ['what is no JSON', 'webhook_id=14', {}],
  ])('about %s is believed, and names none', (_, body, options) => {
    expect(heard(body, options)).toEqual([]);
  });

  it.each([
    ['signed by another secret', { key: 'another' }],
    ['whose body is another one', { sign: '{"id":488}' }],
  ])('%s is not believed', (_, options) => {
    expect(heard('{"id":487}', options)).toBeUndefined();
  });

  it('without a signature, as the ping of a new webhook, is not believed', () => {
    const ping = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(verify(Buffer.from('webhook_id=14'), ping, 0)).toBeUndefined();
  });

  it.each([
    ['webhook_id=14', true],
    ['webhook_id=14&order=487', false],
    ['{"id":487}', false],
    [`webhook_id=${'1'.repeat(40)}`, false],
    ['', false],
  ])('%s is a ping: %s', (body, is) => {
    expect(isPing(Buffer.from(body))).toBe(is);
  });

  it('is not believed where no secret is known', () => {
    const body = Buffer.from('{"id":487}');
    const signature = createHmac('sha256', '').update(body).digest('base64');
    const headers = { 'x-wc-webhook-topic': 'order.updated', 'x-wc-webhook-signature': signature };
    for (const none of [undefined, '']) expect(verifyWebhookWith(none)(body, headers, 0)).toBeUndefined();
  });
});

describe('a message of the module', () => {
  const body = '{"eventId":"6f1b","kind":"order_deleted","orderId":487,"hint":{}}';
  const signed = (key: string, text = body) => ({
    'x-ledger-timestamp': '1790000000',
    'x-ledger-event-id': '6f1b',
    'x-ledger-signature': `v1=${createHmac('sha256', key).update(`1790000000.${text}`).digest('hex')}`,
  });

  it('names its order too', () => {
    expect(verify(Buffer.from(body), signed(secret), 1_790_000_000_000)).toEqual([{ order: '487' }]);
  });

  it('names the row whose figure was set', () => {
    const text = '{"eventId":"6f1c","kind":"stock_set","hint":{"productId":40,"variationId":41,"quantity":3}}';
    const hints = verify(Buffer.from(text), signed(secret, text), 1_790_000_000_000);
    expect(hints).toEqual([{ row: '40-41', figure: 3 }]);
  });

  it('is not believed where another one signed it, nor later', () => {
    expect(verify(Buffer.from(body), signed('another'), 1_790_000_000_000)).toBeUndefined();
    expect(verify(Buffer.from(body), signed(secret), 1_790_001_000_000)).toBeUndefined();
  });
});
