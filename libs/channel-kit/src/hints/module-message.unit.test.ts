import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { isOfModule, verifyModuleMessageWith } from './module-message.js';

const secret = 'a secret of the module';
const nowMillis = 1_790_000_000_000;

const message = (text: string, seconds = nowMillis / 1_000) => {
  const body = Buffer.from(text);
  const signature = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
  const headers = {
    'x-ledger-timestamp': String(seconds),
    'x-ledger-event-id': '6f1b1f0e-2f6e-4c0c-9d0e-3d8a7a0a1b2c',
    'x-ledger-signature': `v1=${signature}`,
  };
  return { body, headers };
};

const verify = verifyModuleMessageWith(secret);
const { body, headers } = message('{"orders":[12,"13",12,"x",-1]}');

it('reads the orders of a message that is proven', () => {
  expect(verify(body, headers, nowMillis)).toEqual([{ order: '12' }, { order: '13' }]);
  const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
  expect(verify(body, shouted, nowMillis)).toHaveLength(2);
  const event = message('{"eventId":"6f1b","kind":"order_state","orderId":14,"hint":{"stateId":2}}');
  expect(verify(event.body, event.headers, nowMillis)).toEqual([{ order: '14' }]);
  const other = message('no JSON');
  expect(verify(other.body, other.headers, nowMillis)).toEqual([]);
});

const stockSet = (hint: unknown): string => JSON.stringify({ eventId: '6f1c', kind: 'stock_set', hint });

it('reads the row of a figure that was set, where rows can be named by it', () => {
  const named = verifyModuleMessageWith(secret, (product, variation) => `${product}-${variation}`);
  const hintsIn = (text: string): unknown => {
    const { body: bytes, headers: heads } = message(text);
    expect(verify(bytes, heads, nowMillis)).toEqual([]);
    return named(bytes, heads, nowMillis);
  };
  expect(hintsIn(stockSet({ productId: 1, quantity: 3 }))).toEqual([{ row: '1-0', figure: 3 }]);
  expect(hintsIn(stockSet({ productId: 1, variationId: 41, quantity: -2 }))).toEqual([{ row: '1-41', figure: -2 }]);
  expect(hintsIn(stockSet({ productId: 1, quantity: 'many' }))).toEqual([{ row: '1-0' }]);
  for (const none of [undefined, null, {}, { productId: 'x' }, { productId: 1, variationId: -4 }])
    expect(hintsIn(stockSet(none))).toEqual([]);
  expect(hintsIn('{"kind":"order_lost","hint":{"productId":1,"quantity":3}}')).toEqual([]);
});

it.each([
  ['another body', Buffer.from('{"orders":[14]}'), headers],
  ['no signature', body, { ...headers, 'x-ledger-signature': undefined }],
  ['half a signature', body, { ...headers, 'x-ledger-signature': headers['x-ledger-signature'].slice(0, 20) }],
  ['another timestamp', body, { ...headers, 'x-ledger-timestamp': String(nowMillis / 1_000 + 1) }],
  ['no id', body, { ...headers, 'x-ledger-event-id': '' }],
])('does not believe %s', (_, given, heads) => {
  expect(verify(given, heads, nowMillis)).toBeUndefined();
});

it('does not believe what is older or newer than 5 minutes, nor anything without a secret', () => {
  expect(verify(body, headers, nowMillis + 300_000)).toHaveLength(2);
  expect(verify(body, headers, nowMillis + 300_001)).toBeUndefined();
  expect(verify(body, headers, nowMillis - 300_001)).toBeUndefined();
  expect(verifyModuleMessageWith(undefined)(body, headers, nowMillis)).toBeUndefined();
});

it('is told from other messages by its signature', () => {
  expect(isOfModule(headers)).toBe(true);
  expect(isOfModule({ 'x-wc-webhook-signature': 'c2lnbmVk' })).toBe(false);
});
